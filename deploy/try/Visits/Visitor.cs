namespace Railgun.Try.Visits;

/// <summary>The client: asks the listener, and measures when the first and the last byte came.</summary>
/// <param name="address">Where the listener serves clients.</param>
/// <param name="host">The host to ask for, or null for that of the address.</param>
/// <param name="time">The clock.</param>
internal sealed class Visitor(Uri address, string? host, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Makes one request and reads the answer to its end, or until as many events came as the visit waits for.</summary>
    public async Task<Arrival> MakeAsync(Visit visit, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, visit.Path));
        request.Headers.Host = host;
        long start = time.GetTimestamp();
        using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        TimeSpan first = time.GetElapsedTime(start);
        await using Stream stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var body = new MemoryStream();
        if (visit.Events == 0)
        {
            await stream.CopyToAsync(body, cancellation);
        }
        else
        {
            await ReadEventsAsync(stream, body, visit.Events, cancellation);
        }

        return new Arrival((int)answer.StatusCode, body.ToArray(), first, time.GetElapsedTime(start));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // An event ends with an empty line.
    private static async Task ReadEventsAsync(Stream stream, MemoryStream body, int events, CancellationToken cancellation)
    {
        byte[] buffer = new byte[4096];
        while (events > 0)
        {
            int read = await stream.ReadAsync(buffer, cancellation);
            if (read == 0)
            {
                return;
            }

            body.Write(buffer, 0, read);
            events -= buffer.AsSpan(0, read).Count("\n\n"u8);
        }
    }
}
