using System.Diagnostics.CodeAnalysis;
using System.Net;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin;

/// <summary>Makes the HTTP client's message of a head. Names, values and their order within a name go out as they came.</summary>
internal static class OriginRequest
{
    /// <summary>The message, or a reason why the head can't be put to an origin.</summary>
    public static bool TryMake(
        RequestHead head, Uri url, OriginProtocol protocol, HttpContent? content, [NotNullWhen(true)] out HttpRequestMessage? message, out string? reason)
    {
        message = new HttpRequestMessage(MethodOf(head.Method), url)
        {
            Version = protocol == OriginProtocol.H2c ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        reason = AddFields(message, head) ?? AddHost(message, head.Authority);
        if (reason is not null)
        {
            message.Dispose();
            message = null;
            return false;
        }

        AddConnectionFields(message, head, protocol);
        return true;
    }

    private static HttpMethod MethodOf(string method) => method == "GET" ? HttpMethod.Get : new HttpMethod(method);

    private static string? AddFields(HttpRequestMessage message, RequestHead head)
    {
        foreach (HeadField field in HopByHop.Without(head.Fields))
        {
            if (!IsLength(field.Name) && !TryAdd(message, field))
            {
                return $"the field {field.Name} can't be sent";
            }
        }

        // Without a body there is nothing to continue with; the HTTP client would wait for it.
        if (message.Content is not PulledContent)
        {
            message.Headers.ExpectContinue = null;
        }

        return null;
    }

    private static string? AddHost(HttpRequestMessage message, string authority)
    {
        if (authority.Length == 0)
        {
            return null;
        }

        // The second condition: what the HTTP client can't read as a host it would send beside one of its own.
        return message.Headers.TryAddWithoutValidation("Host", authority) && message.Headers.Host is not null
            ? null
            : $"the host {authority} can't be sent";
    }

    private static void AddConnectionFields(HttpRequestMessage message, RequestHead head, OriginProtocol protocol)
    {
        if (head.Protocol is not null)
        {
            message.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            message.Headers.TryAddWithoutValidation("Upgrade", head.Protocol);
        }
        else if (protocol == OriginProtocol.H2c)
        {
            // Trailers are passed on; gRPC servers refuse a request that does not say so.
            message.Headers.TryAddWithoutValidation("TE", "trailers");
        }
    }

    private static bool TryAdd(HttpRequestMessage message, HeadField field)
    {
        if (message.Headers.TryAddWithoutValidation(field.Name, field.Value))
        {
            return true;
        }

        message.Content ??= new EmptyContent();
        return message.Content.Headers.TryAddWithoutValidation(field.Name, field.Value);
    }

    // The content knows its own length.
    private static bool IsLength(string name) => name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
}
