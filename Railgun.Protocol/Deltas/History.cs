using System.Buffers;

namespace Railgun.Protocol.Deltas;

/// <summary>
/// The target's recent past, kept so that copies can reach into it: at least the last <see cref="DeltaLimits.Window"/> bytes, or all while
/// there are fewer. Memory grows with the target up to twice the window and one segment; then the window slides.
/// </summary>
internal sealed class History : IDisposable
{
    private const int SmallestCapacity = 16 * 1024;
    private const int MaxCapacity = (2 * DeltaLimits.Window) + DeltaLimits.MaxSegmentTarget + Slack;

    /// <summary>Room behind the end, so that copies may be written in whole vectors.</summary>
    public const int Slack = 64;

    private byte[] _bytes = [];
    private long _dropped;

    /// <summary>The buffer; valid up to <see cref="End"/>, until the next reservation.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Where the target so far ends in <see cref="Bytes"/>.</summary>
    public int End { get; set; }

    /// <summary>Bytes of target so far.</summary>
    public long Total => _dropped + End;

    /// <summary>Where offset 0 of the target would be, as a distance before <see cref="Bytes"/>'s first byte.</summary>
    public long Dropped => _dropped;

    /// <summary>Forgets the target; keeps the buffer unless it is a large one.</summary>
    public void Clear()
    {
        End = 0;
        _dropped = 0;
        if (_bytes.Length > DeltaLimits.Window)
        {
            Dispose();
        }
    }

    /// <summary>Lets go of all bytes; these still count, and <paramref name="more"/> that were never here.</summary>
    public void Forget(int more = 0)
    {
        _dropped += End + more;
        End = 0;
    }

    /// <summary>To be called where a segment begins: lets go of what no copy of this segment can reach, once that is worth a move.</summary>
    public void Slide()
    {
        if (End >= 2 * DeltaLimits.Window)
        {
            int drop = End - DeltaLimits.Window;
            Buffer.BlockCopy(_bytes, drop, _bytes, 0, DeltaLimits.Window);
            End = DeltaLimits.Window;
            _dropped += drop;
        }
    }

    /// <summary>Makes room for <paramref name="count"/> more bytes behind the end, at most a segment's.</summary>
    public void Reserve(int count)
    {
        if (_bytes.Length < End + count + Slack)
        {
            Grow(End + count + Slack);
        }
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Grow(int needed)
    {
        int size = Math.Max(needed, Math.Min(MaxCapacity, Math.Max(SmallestCapacity, 2 * _bytes.Length)));
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        Buffer.BlockCopy(_bytes, 0, larger, 0, End);
        Dispose();
        _bytes = larger;
    }
}
