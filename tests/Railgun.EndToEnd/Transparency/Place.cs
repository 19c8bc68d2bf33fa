using System.Net;
using System.Text;

namespace Railgun.EndToEnd.Transparency;

/// <summary>Whom a case asks: the origin itself, or the pair in front of it.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Http">The port for HTTP/1.1.</param>
/// <param name="H2c">The port for HTTP/2 with prior knowledge.</param>
/// <param name="Origin">The origin behind it, which knows what became of a question.</param>
internal sealed record Place(string Name, int Http, int H2c, ProbeOrigin Origin) : IDisposable
{
    /// <summary>A client of <see cref="H2c"/>.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null, RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1, ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1 })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{H2c}/"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
