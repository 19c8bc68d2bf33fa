using System.Collections.Frozen;

namespace Railgun.Try.Origins;

/// <summary>
/// Passes requests on to the user's own site while the table is made, so that the ledger sees the very bytes that the site sent:
/// a page that changes with each view cannot be fetched a second time to compare.
/// </summary>
/// <param name="site">The user's site: scheme, host and port.</param>
internal sealed class Tap(Uri site) : IDisposable
{
    private static readonly FrozenSet<string> HopByHop = new[]
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Proxy-Connection", "Host",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    /// <summary>Adds the tap to an application.</summary>
    public void Map(WebApplication app) => app.Run(PassAsync);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task PassAsync(HttpContext context)
    {
        string target = context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent();
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(site, target));
        request.Headers.Host = context.Request.Host.Value;
        foreach (var field in context.Request.Headers.Where(field => !HopByHop.Contains(field.Key)))
        {
            request.Headers.TryAddWithoutValidation(field.Key, (IEnumerable<string?>)field.Value);
        }

        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        using (answer)
        {
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var field in answer.Headers.Concat(answer.Content.Headers).Where(field => !HopByHop.Contains(field.Key)))
            {
                context.Response.Headers[field.Key] = field.Value.ToArray();
            }

            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
