using System.Net;
using System.Net.Http.Headers;
using Microsoft.Net.Http.Headers;
using Railgun.Listener.Clients;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Forwarding;

/// <summary>Makes the message that the proxy library copies to the client. Step 9 of a request's life.</summary>
internal static class ResponseMessages
{
    /// <summary>A response with these fields and this body.</summary>
    public static HttpResponseMessage Of(HttpRequestMessage request, int status, FieldList fields, Stream body)
    {
        var message = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new SourceContent(body) };
        foreach (HeadField field in fields)
        {
            Add(message, field.Name, field.Value);
        }

        return message;
    }

    /// <summary>A switch of protocols: the fields of the connection, which heads on the link do not have, are put back.</summary>
    public static HttpResponseMessage OfUpgrade(HttpRequestMessage request, FieldList fields, string protocol, Stream duplex)
    {
        HttpResponseMessage message = Of(request, StatusCodes.Status101SwitchingProtocols, fields, duplex);
        message.Headers.TryAddWithoutValidation(HeaderNames.Connection, HeaderNames.Upgrade);
        if (!message.Headers.NonValidated.Contains(HeaderNames.Upgrade))
        {
            message.Headers.TryAddWithoutValidation(HeaderNames.Upgrade, protocol);
        }

        return message;
    }

    /// <summary>An answer of the listener's own.</summary>
    public static HttpResponseMessage Of(HttpRequestMessage request, OwnAnswer answer, bool head)
    {
        byte[] body = answer.Body;
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new SourceContent(head ? Stream.Null : new MemoryStream(body, writable: false)),
        };
        foreach ((string name, string value) in answer.Fields(body.Length))
        {
            Add(message, name, value);
        }

        return message;
    }

    /// <summary>Adds the trailer section.</summary>
    public static void AddTrailers(HttpResponseMessage message, FieldList? trailers)
    {
        if (trailers is not null)
        {
            foreach (HeadField field in trailers)
            {
                message.TrailingHeaders.TryAddWithoutValidation(field.Name, field.Value);
            }
        }
    }

    /// <summary>The library keeps the fields that describe content apart, and refuses them elsewhere.</summary>
    private static void Add(HttpResponseMessage message, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value))
        {
            HttpContentHeaders content = message.Content.Headers;
            content.TryAddWithoutValidation(name, value);
        }
    }
}
