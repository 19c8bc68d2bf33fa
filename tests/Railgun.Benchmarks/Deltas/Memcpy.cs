namespace Railgun.Benchmarks.Deltas;

/// <summary>Copies the target: what no coder can beat.</summary>
internal sealed class Memcpy : IContender
{
    /// <inheritdoc/>
    public string Name => "memcpy";

    /// <inheritdoc/>
    public void Prepare(byte[] before)
    {
    }

    /// <inheritdoc/>
    public int Encode(byte[] before, byte[] target, byte[] coded)
    {
        target.CopyTo(coded, 0);
        return target.Length;
    }

    /// <inheritdoc/>
    public int Decode(byte[] before, ReadOnlySpan<byte> coded, byte[] target)
    {
        coded.CopyTo(target);
        return coded.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
