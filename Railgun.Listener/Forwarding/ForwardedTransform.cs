using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Railgun.Listener.Startup;
using Yarp.ReverseProxy.Transforms;

namespace Railgun.Listener.Forwarding;

/// <summary>
/// Tells the origin for whom the listener asks, in the fields that the configuration names. What a client says of itself in such fields is believed only of
/// trusted proxies; of anybody else it is taken away, whichever fields are in use. Step 2 of a request's life.
/// </summary>
/// <param name="options">The fields, and whom to trust.</param>
internal sealed class ForwardedTransform(ForwardedOptions options) : RequestTransform
{
    private const string Prefix = "X-Forwarded-";
    private const string For = Prefix + "For";
    private const string Proto = Prefix + "Proto";
    private const string Host = Prefix + "Host";
    private const string Forwarded = "Forwarded";

    private readonly List<IPNetwork> _trusted = Networks.Read(options.Trusted);

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        HttpContext http = context.HttpContext;
        IPAddress? client = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;
        HttpRequestHeaders fields = context.ProxyRequest.Headers;
        if (!Networks.Contain(_trusted, client))
        {
            Strip(fields);
        }

        if (options.Fields is ForwardedFields.XForwarded or ForwardedFields.Both)
        {
            Append(fields, For, client?.ToString() ?? "unknown");
            AddIfMissing(fields, Proto, http.Request.Scheme);
            AddIfMissing(fields, Host, http.Request.Host.Value);
        }

        if (options.Fields is ForwardedFields.Forwarded or ForwardedFields.Both)
        {
            Append(fields, Forwarded, Element(client, http.Request));
        }

        return ValueTask.CompletedTask;
    }

    private static void Strip(HttpRequestHeaders fields)
    {
        List<string>? found = null;
        foreach (KeyValuePair<string, HeaderStringValues> field in fields.NonValidated)
        {
            if (field.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || field.Key.Equals(Forwarded, StringComparison.OrdinalIgnoreCase))
            {
                (found ??= []).Add(field.Key);
            }
        }

        foreach (string name in found ?? [])
        {
            fields.Remove(name);
        }
    }

    private static void Append(HttpRequestHeaders fields, string name, string value)
    {
        if (fields.NonValidated.TryGetValues(name, out HeaderStringValues before))
        {
            value = string.Join(", ", before.Append(value));
            fields.Remove(name);
        }

        fields.TryAddWithoutValidation(name, value);
    }

    private static void AddIfMissing(HttpRequestHeaders fields, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value) && !fields.NonValidated.Contains(name))
        {
            fields.TryAddWithoutValidation(name, value);
        }
    }

    // RFC 7239 section 4: what is no token is quoted, an IPv6 address has brackets.
    private static string Element(IPAddress? client, HttpRequest request)
    {
        string who = client is null ? "unknown" : client.AddressFamily == AddressFamily.InterNetworkV6 ? $"\"[{client}]\"" : client.ToString();
        string host = request.Host.Value is { Length: > 0 } value ? string.Create(CultureInfo.InvariantCulture, $";host=\"{value}\"") : "";
        return string.Create(CultureInfo.InvariantCulture, $"for={who}{host};proto={request.Scheme}");
    }
}
