using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Compression;
using Railgun.Listener.Rebuilding;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Forwarding;

/// <summary>Makes the client's response of what comes off the link. Steps 8 and 9 of a request's life.</summary>
/// <param name="tools">What bodies are rebuilt with.</param>
/// <param name="compression">Which responses are compressed for clients.</param>
/// <param name="efforts">How long they are worked on.</param>
internal sealed class LinkResponses(RebuildingTools tools, CompressionRules compression, CompressionEfforts efforts)
{
    /// <summary>The response to one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exchange">Its exchange, whose head has come.</param>
    /// <param name="received">The head.</param>
    /// <param name="offered">What was offered; owned by the response from here on.</param>
    /// <param name="upload">The request's body on its way, if there is one.</param>
    public HttpResponseMessage Make(
        in ForwardedRequest request, ListenerExchange exchange, in ReceivedHead received, OfferedVersions offered, RequestUpload? upload)
    {
        Note(request.Client, received, offered);
        if (SilentCalls.IsGrpc(received.Response.Fields.First("Content-Type")))
        {
            request.Client.Silent?.Leave();
        }

        var response = new LinkResponse(request.Client, upload);
        var body = new RebuiltBody(exchange, tools, received, offered, request.Client.Body, response);
        if (received.Response.Status == StatusCodes.Status101SwitchingProtocols && received.Request.Protocol is { } protocol)
        {
            return ResponseMessages.OfUpgrade(request.Message, received.Response.Fields, protocol, new UpgradedStream(body, exchange));
        }

        if (received.Request.Protocol is not null)
        {
            exchange.Complete();
        }

        Stream stream = MakeStream(request, received, body);
        response.Message = ResponseMessages.Of(request.Message, received.Response.Status, received.Response.Fields, stream);
        return response.Message;
    }

    private Stream MakeStream(in ForwardedRequest request, in ReceivedHead received, RebuiltBody body)
    {
        ResponseHead response = received.Response;
        long length = received.AnnouncedLength;
        CompressionDecision decision = compression.Decide(received.Request, response);
        if (response.Status == StatusCodes.Status304NotModified)
        {
            CompressionFields.ApplyToNotModified(request.Client.Http.Request.Headers.IfNoneMatch, response.Fields);
        }

        CompressionFields.Apply(decision, response.Fields);
        SavingFields.Apply(request.Client, response.Fields);
        return decision.Coding == ClientCoding.Identity || !received.MayHaveBody
            ? new BodyStream(body)
            : new CompressedStream(body, BodyCompressors.Create(decision.Coding, length, efforts.For(request.Client.Http)));
    }

    private static void Note(ClientRequest client, in ReceivedHead received, OfferedVersions offered)
    {
        BodyCoding coding = received.Coding;
        client.Coding = coding;
        if (coding.Base >= 0 && offered.MayName(coding.Base))
        {
            client.Base = offered[coding.Base];
        }
        else
        {
            client.NoBase = coding.Codec.IsFresh() ? NoBaseReason.Fresh : offered.NoOfferReason ?? (received.MayHaveBody ? NoBaseReason.NotTaken : NoBaseReason.NoBody);
        }
    }
}
