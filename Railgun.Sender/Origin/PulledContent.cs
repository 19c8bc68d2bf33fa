using System.Net;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Transport;

namespace Railgun.Sender.Origin;

/// <summary>The request's body for the HTTP client: pulled piece by piece, never buffered; credit goes back when the origin has taken the bytes.</summary>
internal sealed class PulledContent(IRequestBody body, Deadline deadline, TimeSpan headTimeout) : HttpContent
{
    private bool _pulled;

    /// <summary>Set when the client broke off its body: the failure that follows is not the origin's.</summary>
    public bool ClientBrokeOff { get; private set; }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length ?? 0;
        return body.Length is not null;
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_pulled)
        {
            throw new IOException("The request's body went out once already; it can't be sent again.");
        }

        _pulled = true;
        body.Wanted();
        while (await MoveAsync(stream, cancellationToken))
        {
        }
    }

    // One piece from the client to the origin; false at the end.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> MoveAsync(Stream stream, CancellationToken cancellation)
    {
        ValueTask<RequestEvent> read = body.ReadAsync(cancellation);
        if (!read.IsCompleted)
        {
            // What came so far may be all that the origin needs to go on.
            await stream.FlushAsync(cancellation);
            deadline.AwaitClient();
        }

        RequestEvent next = await read;
        deadline.AwaitHead(headTimeout);
        switch (next.Kind)
        {
            case RequestEventKind.Data:
                int length = next.Data.Length;
                using (next.Data)
                {
                    await stream.WriteAsync(next.Data.Memory, cancellation);
                }

                body.Taken(length);
                return true;
            case RequestEventKind.End:
                return false;
            default:
                ClientBrokeOff = true;
                throw new IOException(next.Fault?.Reason);
        }
    }
}
