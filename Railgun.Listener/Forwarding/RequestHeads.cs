using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Railgun.Listener.Clients;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Forwarding;

/// <summary>Makes the head that goes to the sender of what the routes and transforms made of a client's request. Step 2 of a request's life.</summary>
internal static class RequestHeads
{
    /// <summary>A field of the client's that the proxy library takes away although it is end-to-end.</summary>
    private const string UpgradeInsecureRequests = "Upgrade-Insecure-Requests";

    /// <summary>The head of <paramref name="message"/>.</summary>
    public static RequestHead Of(HttpRequestMessage message, ClientRequest client)
    {
        HttpRequest request = client.Http.Request;
        string? protocol = UpgradeOf(message);
        var head = new RequestHead
        {
            Method = MethodOf(message, request),
            Scheme = request.Scheme,
            Authority = message.Headers.Host ?? request.Host.Value ?? "",
            Target = client.RoutedTarget ?? client.RawTarget,
            Protocol = protocol,
        };

        AddFields(message.Headers.NonValidated, head.Fields);
        if (message.Content is { } content)
        {
            AddFields(content.Headers.NonValidated, head.Fields);
        }

        if (request.Headers.TryGetValue(UpgradeInsecureRequests, out StringValues wish) && !head.Fields.Contains(UpgradeInsecureRequests))
        {
            head.Fields.Add(UpgradeInsecureRequests, wish.ToString());
        }

        return head;
    }

    /// <summary>Whether a body follows; it may prove empty.</summary>
    public static bool HasBody(HttpRequestMessage message, ClientRequest client) =>
        message.Content is not null && client.Http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    /// <summary>The method as the client wrote it: the proxy makes <c>get</c> to <c>GET</c>, but methods are told apart by case.</summary>
    private static string MethodOf(HttpRequestMessage message, HttpRequest request) =>
        request.Method.Equals(message.Method.Method, StringComparison.OrdinalIgnoreCase) ? request.Method : message.Method.Method;

    private static string? UpgradeOf(HttpRequestMessage message) =>
        message.Headers.NonValidated.TryGetValues(HeaderNames.Upgrade, out HeaderStringValues upgrade) ? upgrade.ToString() : null;

    private static void AddFields(HttpHeadersNonValidated headers, FieldList fields)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in headers)
        {
            if (EndsHere(header.Key))
            {
                continue;
            }

            foreach (string value in header.Value)
            {
                fields.Add(header.Key, value);
            }
        }
    }

    /// <summary>Fields of one connection (RFC 9110 section 7.6.1; those that the client names went before), and <c>Host</c>, which the head has as its authority.</summary>
    private static bool EndsHere(string name) => name.Length switch
    {
        4 => Same(name, HeaderNames.Host),
        7 => Same(name, HeaderNames.Upgrade),
        10 => Same(name, HeaderNames.Connection) || Same(name, HeaderNames.KeepAlive),
        16 => Same(name, HeaderNames.ProxyConnection),
        17 => Same(name, HeaderNames.TransferEncoding),
        _ => false,
    };

    private static bool Same(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
