using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Clients;

/// <summary>
/// Which requests may be silent within their body, so that Kestrel's least rate does not hold for them: gRPC calls, whose clients may have nothing to say for minutes. But any
/// client can claim to make one, and what a request is must be known before its body is read; so there are only so many that no answer of an origin has shown to be gRPC, and of these only so many from
/// one place: nobody can use up what others need. Thread-safe. Step 1 of a request's life.
/// </summary>
/// <param name="forwarded">Proxies that bring many clients: for them only the bound for all holds.</param>
internal sealed class SilentCalls(ForwardedOptions forwarded)
{
    /// <summary>The most calls at one time that may be silent though the origin has not answered yet; for others the least rate holds (<see cref="KestrelLimits"/>).</summary>
    public const int MaxUnproved = 2048;

    /// <summary>The most of these from one IPv4 address, or one IPv6 network of 64 bits: those of two connections.</summary>
    public const int MaxFromOnePlace = 2 * KestrelLimits.MaxStreams;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, int> _places = [];
    private readonly List<IPNetwork> _proxies = Networks.Read(forwarded.Trusted);
    private int _unproved;

    /// <summary>Lifts the least rate, if the request is a gRPC call by its head and there is room; null else.</summary>
    public SilentCall? Admit(HttpContext http)
    {
        if (!IsCall(http.Request) || http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is not { } rate)
        {
            return null;
        }

        IPAddress? address = http.Connection.RemoteIpAddress;
        ulong place = Networks.Contain(_proxies, address) ? 0 : PlaceOf(address);
        if (!TryEnter(place))
        {
            return null;
        }

        rate.MinDataRate = null;
        return new SilentCall(this, place);
    }

    /// <summary>Whether a content type is that of gRPC.</summary>
    public static bool IsGrpc(string? contentType) => contentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>A call is proved, or over.</summary>
    /// <param name="place">Where it came from.</param>
    internal void Leave(ulong place)
    {
        lock (_lock)
        {
            _unproved--;
            int left = _places[place] - 1;
            if (left == 0)
            {
                _places.Remove(place);
            }
            else
            {
                _places[place] = left;
            }
        }
    }

    private bool TryEnter(ulong place)
    {
        lock (_lock)
        {
            _places.TryGetValue(place, out int here);
            if (_unproved >= MaxUnproved || (place != 0 && here >= MaxFromOnePlace))
            {
                return false;
            }

            _unproved++;
            _places[place] = here + 1;
            return true;
        }
    }

    // Of IPv6 a customer has 64 bits at least. 0 is nobody's: networks that are routed begin with other bits.
    private static ulong PlaceOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        IPAddress? plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        if (plain is null || !plain.TryWriteBytes(bytes, out _))
        {
            return ulong.MaxValue;
        }

        return plain.AddressFamily == AddressFamily.InterNetwork ? (1UL << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes) | 1UL << 63;
    }

    /// <summary>As the protocol has it: POST over HTTP/2 by a client that takes trailers.</summary>
    private static bool IsCall(HttpRequest request) =>
        HttpProtocol.IsHttp2(request.Protocol) && HttpMethods.IsPost(request.Method) && IsGrpc(request.ContentType)
        && request.Headers.TE.ToString().Contains("trailers", StringComparison.OrdinalIgnoreCase);
}
