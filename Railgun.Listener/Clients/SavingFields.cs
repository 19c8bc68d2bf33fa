using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Clients;

/// <summary>
/// The fields <c>Railgun</c> and <c>Server-Timing</c>, which tell what a response saved. They would tell others how alike two pages are, so they are only for
/// those whom the operator allows (design: decision 10). Step 9 of a request's life.
/// </summary>
/// <param name="options">Who is told.</param>
internal sealed class SavingFields(SavingOptions options)
{
    /// <summary>The request field with the operator's secret. It is taken out of every request, whether it is right or not.</summary>
    public const string SecretFieldName = "Railgun-Key";

    /// <summary>The response field: codec, base, and the bytes on the link by the time the head went to the client.</summary>
    public const string FieldName = "Railgun";

    private readonly byte[]? _secret = options.Secret is null ? null : Encoding.UTF8.GetBytes(options.Secret);

    /// <summary>Whether the client of <paramref name="http"/> is to be told. Asked before <see cref="RequestFields.Sweep"/>.</summary>
    public bool IsAllowed(HttpContext http)
    {
        if (_secret is not null && http.Request.Headers[SecretFieldName] is [{ } key]
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), _secret))
        {
            return true;
        }

        return options.Networks.Count > 0 && http.Connection.RemoteIpAddress is { } address && IsListed(address);
    }

    /// <summary>Adds the fields to a response, if its client is to be told.</summary>
    public static void Apply(ClientRequest client, FieldList response)
    {
        response.Remove(FieldName);
        if (!client.TellsSaving)
        {
            return;
        }

        (long up, long down) = client.Exchange?.LinkBytes ?? default;
        string codec = Word(client.Coding.Codec);
        string against = client.Base.IsDefault ? $"no-base={client.NoBase}" : $"base={client.Base}";
        response.Add(FieldName, string.Create(CultureInfo.InvariantCulture, $"{codec}, {against}, up={up}, down={down}, request={client.ExchangeId}"));
        response.Add("Server-Timing", string.Create(CultureInfo.InvariantCulture, $"railgun;desc=\"{codec}\";dur={client.Elapsed.TotalMilliseconds:0.0}"));
    }

    private bool IsListed(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (IPNetwork network in options.Networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    private static string Word(Codec codec) => codec switch
    {
        Codec.Lz4 => "lz4",
        Codec.Zstd => "zstd",
        Codec.Delta => "delta",
        Codec.DenseDelta => "dense-delta",
        Codec.SignatureDelta => "signature",
        Codec.DenseSignatureDelta => "dense-signature",
        Codec.FreshDelta => "fresh-delta",
        Codec.DenseFreshDelta => "dense-fresh-delta",
        _ => "identity",
    };
}
