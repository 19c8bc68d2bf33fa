namespace Railgun.Protocol.Versions;

/// <summary>Writes text into a buffer and drops what does not fit.</summary>
internal ref struct ShapeWriter
{
    private readonly Span<char> _buffer;

    /// <summary>Begins at the start of <paramref name="buffer"/>.</summary>
    public ShapeWriter(Span<char> buffer) => _buffer = buffer;

    /// <summary>Chars written.</summary>
    public int Length { get; private set; }

    /// <summary>Appends <paramref name="text"/>, or its begin.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> fitting = text[..Math.Min(text.Length, _buffer.Length - Length)];
        fitting.CopyTo(_buffer[Length..]);
        Length += fitting.Length;
    }
}
