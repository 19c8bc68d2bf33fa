using Railgun.Protocol.Transport;

namespace Railgun.Fuzz.Targets;

/// <summary>What a peer sends, brought in pieces, and then the end of the connection. What is written to it is nobody's.</summary>
/// <param name="bytes">What it sends.</param>
/// <param name="cut">How: 0 in pieces as long as they are asked for; up to 64 in pieces of so many bytes; else in pieces of chance, up to 300 bytes long.</param>
internal sealed class CutInput(byte[] bytes, byte cut) : SequentialStream
{
    private const int Steady = 64;
    private const int Longest = 300;

    private uint _chance = (uint)(cut * 0x9E3779B1) | 1;

    /// <summary>How many bytes were read.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether it was closed.</summary>
    public bool IsClosed { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(Math.Min(buffer.Length, Piece()), bytes.Length - Taken);
        bytes.AsSpan(Taken, length).CopyTo(buffer);
        Taken += length;
        return length;
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        IsClosed = true;
        base.Dispose(disposing);
    }

    private int Piece()
    {
        if (cut <= Steady)
        {
            return cut == 0 ? int.MaxValue : cut;
        }

        // Marsaglia's xorshift.
        _chance ^= _chance << 13;
        _chance ^= _chance >> 17;
        _chance ^= _chance << 5;
        return 1 + (int)(_chance % Longest);
    }
}
