namespace Railgun.Sender.Origin;

/// <summary>
/// A connection for <c>OPTIONS *</c>: the HTTP client can't send the asterisk-form, so it is given <c>/*</c> as the target, and the slash is
/// taken out here, in the first write of a connection that serves one request.
/// </summary>
internal sealed class AsteriskStream(Stream inner) : Stream
{
    private static ReadOnlySpan<byte> Given => "OPTIONS /* "u8;

    private static ReadOnlySpan<byte> Meant => "OPTIONS * "u8;

    private bool _begun;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_begun || !buffer.Span.StartsWith(Given))
        {
            return inner.WriteAsync(buffer, cancellationToken);
        }

        _begun = true;
        byte[] head = [.. Meant, .. buffer.Span[Given.Length..]];
        return inner.WriteAsync(head, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
