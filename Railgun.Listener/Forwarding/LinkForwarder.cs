using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Compression;
using Railgun.Listener.Rebuilding;
using Railgun.Listener.Senders;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// Forwards requests to senders over the link: chooses what to offer, opens the exchange, sends the body beside, waits for the head, and decides what
/// follows a failure. Steps 2 and 3 of a request's life.
/// </summary>
/// <param name="senders">Who is connected.</param>
/// <param name="offers">Chooses what each request offers.</param>
/// <param name="responses">Makes the client's response.</param>
/// <param name="direct">Asks the direct origin, if one is configured.</param>
/// <param name="time">The clock.</param>
internal sealed class LinkForwarder(
    ISenders senders, OfferChooser offers, LinkResponses responses, DirectOrigin direct, TimeProvider time)
{
    /// <summary>Forwards one request.</summary>
    public async Task<HttpResponseMessage> ForwardAsync(ForwardedRequest request, CancellationToken cancellation)
    {
        RequestHead head = RequestHeads.Of(request.Message, request.Client);
        CompressionFields.RestoreConditions(head.Fields);
        OfferedVersions offered = offers.Choose(head, request.Sender, request.Client.Http.Request.Headers);
        bool pinned = true;
        try
        {
            for (int tries = 1; ; tries++)
            {
                (HttpResponseMessage? response, Fault? fault, FailedTry failed) = await TryAsync(request, head, offered, tries, cancellation);
                if (response is not null)
                {
                    // The body lets them go.
                    pinned = false;
                    return response;
                }

                switch (FailureTable.Next(fault!, failed))
                {
                    case FailureStep.Again:
                        continue;
                    case FailureStep.Direct:
                        return await direct.AskAsync(request, head, cancellation);
                    default:
                        return Answer(request, head, fault!);
                }
            }
        }
        finally
        {
            if (pinned)
            {
                offered.Dispose();
            }
        }
    }

    private async ValueTask<(HttpResponseMessage? Response, Fault? Fault, FailedTry Failed)> TryAsync(
        ForwardedRequest request, RequestHead head, OfferedVersions offered, int tries, CancellationToken cancellation)
    {
        bool hasBody = head.Protocol is not null || RequestHeads.HasBody(request.Message, request.Client);
        OpenedExchange opened = await senders.OpenAsync(request.Sender, head, hasBody, offered, offered, cancellation);
        var failed = new FailedTry(head.Method, opened.Exchange is not null, tries, BodyBegun: false, direct.IsConfigured);
        if (opened.Exchange is not { } exchange)
        {
            return (null, opened.Fault, failed);
        }

        await request.Client.BeginExchangeAsync(exchange, request.Sender);
        RequestUpload? upload = hasBody && head.Protocol is null
            ? RequestUpload.Start(request.Message, request.Client, exchange, time, cancellation)
            : null;
        ResponseEvent answer = await ReadHeadAsync(request.Client, exchange, offered, upload, cancellation);
        if (answer.Kind == ResponseEventKind.Head)
        {
            upload?.Answered(answer.Head!.Status);
            return (responses.Make(request, exchange, new ReceivedHead(head, answer.Head!, answer.Coding), offered, upload), null, failed);
        }

        upload?.Stop();
        cancellation.ThrowIfCancellationRequested();
        return (null, upload?.Broken ?? answer.Fault, failed with { BodyBegun = upload is { Begun: true } });
    }

    private static async ValueTask<ResponseEvent> ReadHeadAsync(
        ClientRequest client, ListenerExchange exchange, OfferedVersions offered, RequestUpload? upload, CancellationToken cancellation)
    {
        while (true)
        {
            ResponseEvent next = await exchange.ReadAsync(cancellation);
            switch (next.Kind)
            {
                case ResponseEventKind.Informational:
                    // Kestrel sends 100 itself, when the body is read.
                    if (next.Head!.Status == StatusCodes.Status100Continue)
                    {
                        upload?.Continue();
                    }
                    else
                    {
                        ValueTask told = InformationalAnswer.TrySendAsync(client.Http, next.Head);
                        if (!told.IsCompleted)
                        {
                            // It may take as long as the client pleases.
                            exchange.NotStored();
                        }

                        await told;
                    }

                    break;
                case ResponseEventKind.WantSignature:
                    exchange.SendSignature(offered.Sign(next.Offer, exchange.SignatureSeed));
                    break;
                case ResponseEventKind.Head or ResponseEventKind.Fault:
                    return next;
                default:
                    next.Data.Dispose();
                    exchange.Abort(ResetCode.StreamProtocol, "no head");
                    var fault = new Fault(Stage.Sender, ResetCode.StreamProtocol, "an answer without a head");
                    return new ResponseEvent { Kind = ResponseEventKind.Fault, Fault = fault };
            }
        }
    }

    private static HttpResponseMessage Answer(in ForwardedRequest request, RequestHead head, Fault fault)
    {
        ClientRequest client = request.Client;
        client.Fault = fault;
        client.NoBase = NoBaseReason.NoBody;
        client.Http.Features.Set<IForwarderErrorFeature>(RailgunForwarderError.Of(fault));
        var answer = OwnAnswer.Of(fault, client.ExchangeId);
        client.Body.Bytes = head.Method == "HEAD" ? 0 : answer.Body.Length;
        return ResponseMessages.Of(request.Message, answer, head.Method == "HEAD");
    }
}
