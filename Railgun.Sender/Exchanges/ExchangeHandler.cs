using Railgun.Hosting.Logging;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Exchanges;

/// <summary>
/// Answers exchanges: steps 4 to 7 and 10 of ARCHITECTURE.md, in order. A fault of one exchange stays its own.
/// </summary>
internal sealed partial class ExchangeHandler(
    IOrigin origin, CodingTools tools, OriginHealth health, AccessLog access, ExchangeLimits limits, ILogger<ExchangeHandler> log) : IExchangeHandler
{
    private int _underWay;

    /// <inheritdoc/>
    public async Task HandleAsync(SenderExchange exchange)
    {
        long began = tools.Time.GetTimestamp();
        ResponseReport report = new();
        access.Begin();
        try
        {
            if (Interlocked.Increment(ref _underWay) > limits.Exchanges)
            {
                await OwnAnswer.Busy(limits.Exchanges).SendAsync(exchange, report, tools.Time);
            }
            else
            {
                await AnswerAsync(exchange, report);
            }
        }
        catch (OperationCanceledException) when (exchange.Aborted.IsCancellationRequested)
        {
            report.Fault ??= Gone;
        }
        catch (Exception exception)
        {
            LogBroken(log, exchange.Id, exception);
            report.Fault = new Fault(Stage.Sender, ResetCode.Internal, "a fault of the sender's own; its log has more");
            exchange.Abort(Stage.Sender, ResetCode.Internal, report.Fault.Reason);
        }
        finally
        {
            await exchange.WrittenAsync();
            Interlocked.Decrement(ref _underWay);
            Record(exchange, report, began);
            MakeIndex(exchange, report);
        }
    }

    private static Fault Gone { get; } = new(Stage.Client, ResetCode.Cancelled, "nobody waits for the answer any more");

    private async ValueTask AnswerAsync(SenderExchange exchange, ResponseReport report)
    {
        // Step 4: which of the offers are here too, for whoever asks.
        Asker asker = Asker.Of(exchange.Head, tools.Rules);
        using BasePins pins = BasePins.Resolve(tools.Store, exchange.Offers, asker.Use, asker.PublicOnly);
        SignatureReading.AskIfNeeded(exchange, tools.Store, asker, pins);

        // Step 5: the origin is asked.
        ExchangeBody? body = ExchangeBody.Of(exchange);
        IOriginExchange answer = origin.Ask(QuestionToOrigin.Of(exchange.Head), body, exchange.Aborted);
        OriginFailure? failure;
        try
        {
            failure = await SendAnswerAsync(exchange, report, asker, pins, answer);
        }
        finally
        {
            body?.Drop();
        }

        if (failure is null)
        {
            return;
        }

        health.Failed(failure);
        report.Fault = new Fault(failure.Stage, failure.Code, failure.Reason);
        if (failure.Kind == OriginFailureKind.Abandoned)
        {
            exchange.Abort(Stage.Client, ResetCode.Cancelled, failure.Reason);
        }
        else
        {
            await new OwnAnswer(failure.Status, report.Fault).SendAsync(exchange, report, tools.Time);
        }
    }

    // Steps 6, 7 and 10: base, codec, segments, version. Returns why there is no answer, if nothing has gone out.
    private async ValueTask<OriginFailure?> SendAnswerAsync(
        SenderExchange exchange, ResponseReport report, Asker asker, BasePins pins, IOriginExchange answer)
    {
        (ResponseHead? head, OriginFailure? failure) = await ReadHeadAsync(exchange, answer);
        if (head is null)
        {
            await answer.DisposeAsync();
            return failure;
        }

        health.Answered();
        using ResponseSender sender = new(tools, exchange, asker, pins, report);
        failure = await sender.SendAsync(answer, head);
        if (failure is null && report.Fault is not null && !exchange.Aborted.IsCancellationRequested)
        {
            health.Failed(new OriginFailure(OriginFailureKind.BodyBroken, report.Fault.Reason));
        }

        return failure;
    }

    private static async ValueTask<(ResponseHead? Head, OriginFailure? Failure)> ReadHeadAsync(SenderExchange exchange, IOriginExchange answer)
    {
        while (true)
        {
            OriginEvent next = await answer.ReadAsync(default);
            switch (next.Kind)
            {
                case OriginEventKind.Informational:
                    exchange.SendInformational(next.Head!);
                    break;
                case OriginEventKind.Head:
                    return (next.Head, null);
                default:
                    return (null, next.Failure);
            }
        }
    }

    // The answer is complete: what fails here is the next one's loss of time, and nothing else's.
    private void MakeIndex(SenderExchange exchange, ResponseReport report)
    {
        try
        {
            report.Unindexed.MakeIndex(tools.Store);
        }
        catch (Exception exception)
        {
            LogUnindexed(log, exchange.Id, exception);
        }
    }

    private void Record(SenderExchange exchange, ResponseReport report, long began)
    {
        (long up, long down) = exchange.LinkBytes;
        access.End(new AccessRecord
        {
            Id = exchange.Id,
            Peer = exchange.PeerName,
            Method = exchange.Head.Method,
            Authority = exchange.Head.Authority,
            Target = exchange.Head.Target,
            Status = report.Status,
            BodyBytes = report.BodyBytes,
            LinkUp = up,
            LinkDown = down,
            Codec = report.Codec,
            Base = report.Base,
            NoBase = report.NoBase,
            FirstByte = report.HeadSentAt == 0 ? TimeSpan.Zero : tools.Time.GetElapsedTime(began, report.HeadSentAt),
            LastByte = tools.Time.GetElapsedTime(began),
            Fault = report.Fault,
        });
    }

    [LoggerMessage(210, LogLevel.Error, "Exchange {Id} failed in a way that has no name")]
    private static partial void LogBroken(ILogger log, ulong id, Exception exception);

    [LoggerMessage(211, LogLevel.Warning, "The version that exchange {Id} left has no index yet: the next answer makes it")]
    private static partial void LogUnindexed(ILogger log, ulong id, Exception exception);
}
