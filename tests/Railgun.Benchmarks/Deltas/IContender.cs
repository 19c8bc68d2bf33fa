namespace Railgun.Benchmarks.Deltas;

/// <summary>A delta coder under measurement.</summary>
internal interface IContender : IDisposable
{
    /// <summary>What it is called in the tables.</summary>
    string Name { get; }

    /// <summary>Makes ready what a server would keep with the version; timed apart.</summary>
    void Prepare(byte[] before);

    /// <summary>Codes the target; returns the length of the coded bytes in <paramref name="coded"/>.</summary>
    int Encode(byte[] before, byte[] target, byte[] coded);

    /// <summary>Decodes; returns the length of the target.</summary>
    int Decode(byte[] before, ReadOnlySpan<byte> coded, byte[] target);
}
