using System.Runtime.InteropServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads segments at the fast level, straight to where they are wanted.</summary>
internal sealed unsafe class FastReader
{
    private readonly FastModel _model = new(reads: true);
    private readonly Places _places = new();
    private readonly CommandReader _commands;
    private byte[] _payload = [];
    private byte[] _bytes = new byte[ByteReader.Slack];

    /// <summary>For one target at a time.</summary>
    public FastReader() => _commands = new CommandReader(_model, _places);

    /// <summary>Begins a target, or after a stored segment.</summary>
    public void Start(bool hasFirst)
    {
        _model.Start();
        _commands.Begin();
        _places.Start(hasFirst);
    }

    /// <summary>Decodes one payload.</summary>
    /// <param name="payload">All of it.</param>
    /// <param name="first">The first base.</param>
    /// <param name="second">The second base.</param>
    /// <param name="output">Gets the segment: room for <see cref="DeltaLimits.MaxSegmentTarget"/> or <paramref name="most"/>, whichever is less. All of it may be overwritten.</param>
    /// <param name="total">Bytes of the target before the segment.</param>
    /// <param name="most">How many bytes the target may still have.</param>
    /// <param name="written">Bytes of the segment.</param>
    /// <returns><see cref="DeltaStatus.SegmentEnd"/>, <see cref="DeltaStatus.End"/>, <see cref="DeltaStatus.Invalid"/> or <see cref="DeltaStatus.LimitExceeded"/>.</returns>
    public DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> output, long total, long most, out int written)
    {
        written = 0;
        Reserve(ref _payload, payload.Length + BitReading.Slack);
        payload.CopyTo(_payload);
        _payload.AsSpan(payload.Length, BitReading.Slack).Clear();
        var head = FastHead.Read(_payload);
        if (head.Bytes > DeltaLimits.MaxSegmentTarget)
        {
            return DeltaStatus.Invalid;
        }

        if (head.Bytes > most)
        {
            return DeltaStatus.LimitExceeded;
        }

        if (head.Bytes > 0)
        {
            Reserve(ref _bytes, head.Bytes + ByteReader.Slack);
            _model.PrepareBytes(first, second);
        }

        fixed (byte* one = first)
        fixed (byte* two = second)
        fixed (byte* to = &MemoryMarshal.GetReference(output))
        fixed (byte* coded = _payload)
        fixed (byte* bytes = _bytes)
        {
            _places.Open(one, two, to, total);
            _commands.Open(one, first.Length, two, second.Length, to, output.Length, most);
            DeltaStatus status = ReadAll(head, coded, coded + payload.Length, bytes, out byte* end);
            _places.Close();
            written = (int)(end - to);
            return status;
        }
    }

    private DeltaStatus ReadAll(in FastHead head, byte* coded, byte* codedEnd, byte* bytes, out byte* end)
    {
        ulong last = (ulong)(codedEnd - coded) << 3;
        ulong commands = Math.Min((ulong)head.Bits, last);
        ulong second = 0;
        if (head.Bytes < FastHead.Many)
        {
            commands = ByteReader.ReadFew(coded, commands, last, _model.Bytes.View.Table, bytes, head.Bytes);
        }
        else
        {
            (commands, second) = ByteReader.ReadMany(coded, commands, last, _model, bytes, head.Bytes);
        }

        var streams = new CommandStreams(coded, last, commands, second, head.Bytes >= FastHead.Many);
        DeltaStatus status = _commands.Read(ref streams, bytes, bytes + head.Bytes, out end);
        if (status != DeltaStatus.SegmentEnd || !head.More)
        {
            return status == DeltaStatus.SegmentEnd ? DeltaStatus.End : status;
        }

        _commands.Learn();
        _model.Learn(bytes, head.Bytes);
        return status;
    }

    private static void Reserve(ref byte[] buffer, int size)
    {
        if (buffer.Length < size)
        {
            buffer = GC.AllocateUninitializedArray<byte>(Math.Max(size, Math.Min(2 * buffer.Length, DeltaLimits.MaxSegmentCoded + BitReading.Slack)));
        }
    }
}
