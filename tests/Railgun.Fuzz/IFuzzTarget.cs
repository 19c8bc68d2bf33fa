namespace Railgun.Fuzz;

/// <summary>Something that reads bytes from outside. Whatever it is given, it must neither throw nor take much time or memory.</summary>
internal interface IFuzzTarget
{
    /// <summary>One word, as on the command line.</summary>
    string Name { get; }

    /// <summary>The longest input that is tried, in bytes.</summary>
    int MaxInput { get; }

    /// <summary>Bytes of managed memory that a run may take, all together.</summary>
    long MaxAllocated { get; }

    /// <summary>Good inputs to begin with.</summary>
    IEnumerable<byte[]> Seeds();

    /// <summary>Reads one input; throws <see cref="FuzzFailureException"/> where a rule is broken that is no exception's by itself.</summary>
    void Run(byte[] input);
}
