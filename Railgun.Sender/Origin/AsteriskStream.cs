namespace Railgun.Sender.Origin;

/// <summary>
/// A connection for <c>OPTIONS *</c>: the HTTP client can't send the asterisk-form, so it is given <c>/*</c> as the target, and the slash is
/// taken out here, in the first write of a connection that serves one request.
/// </summary>
internal sealed class AsteriskStream(Stream inner) : OriginStream(inner)
{
    private static ReadOnlySpan<byte> Given => "OPTIONS /* "u8;

    private static ReadOnlySpan<byte> Meant => "OPTIONS * "u8;

    private bool _begun;

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_begun || !buffer.Span.StartsWith(Given))
        {
            return base.WriteAsync(buffer, cancellationToken);
        }

        _begun = true;
        byte[] head = [.. Meant, .. buffer.Span[Given.Length..]];
        return base.WriteAsync(head, cancellationToken);
    }
}
