using System.Globalization;
using Grpc.Core;

namespace Railgun.EndToEnd.RealClients.Grpc;

/// <summary>The server's side, by Grpc.AspNetCore: says each word back, and does what some words ask for.</summary>
internal sealed class TalkService : Talk.TalkBase
{
    /// <summary>A word that is answered with an error, details and trailers.</summary>
    public const string Fails = "fail";

    /// <summary>A word that is never answered.</summary>
    public const string Waits = "wait";

    private static int _cancelled;

    /// <summary>Calls for <see cref="Waits"/> that their clients gave up.</summary>
    public static int Cancelled => Volatile.Read(ref _cancelled);

    /// <inheritdoc/>
    public override async Task<Word> Say(Word request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case Fails:
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "not ready: caf\u00e9 100 %"), new Metadata { { "why", "because" }, { "proof-bin", [0, 255] } });
            case Waits:
                await UntilCancelledAsync(context);
                break;
        }

        await context.WriteResponseHeadersAsync(new Metadata { { "heard", context.RequestHeaders.GetValue("ask") ?? "" } });
        context.ResponseTrailers.Add("sum", request.Load.Length.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    /// <inheritdoc/>
    public override async Task<Word> Gather(IAsyncStreamReader<Word> requestStream, ServerCallContext context)
    {
        var all = new Word();
        await foreach (Word word in requestStream.ReadAllAsync(context.CancellationToken))
        {
            all.Text += word.Text;
            all.Times++;
        }

        return all;
    }

    /// <inheritdoc/>
    public override async Task Tell(Word request, IServerStreamWriter<Word> responseStream, ServerCallContext context)
    {
        for (int i = 0; i < request.Times; i++)
        {
            await responseStream.WriteAsync(new Word { Text = request.Text, Times = i, Load = request.Load }, context.CancellationToken);
        }

        if (request.Text == Waits)
        {
            await UntilCancelledAsync(context);
        }
    }

    /// <inheritdoc/>
    public override async Task Converse(IAsyncStreamReader<Word> requestStream, IServerStreamWriter<Word> responseStream, ServerCallContext context)
    {
        await foreach (Word word in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(word, context.CancellationToken);
        }
    }

    private static async Task UntilCancelledAsync(ServerCallContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            Interlocked.Increment(ref _cancelled);
        }
    }
}
