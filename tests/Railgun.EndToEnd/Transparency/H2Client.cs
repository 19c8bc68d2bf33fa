using System.Net;

namespace Railgun.EndToEnd.Transparency;

/// <summary>Asks over HTTP/2.</summary>
internal static class H2Client
{
    /// <summary>Asks one question and reads the answer to its end.</summary>
    public static async Task<Sight> AskAsync(Place place, HttpRequestMessage request)
    {
        var sight = new Sight();
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        try
        {
            using HttpResponseMessage answer = await place.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            AddHead(sight, answer);
            await ReadBodyAsync(sight, answer);
        }
        catch (HttpRequestException)
        {
            sight.Add("end: no answer");
        }

        return sight;
    }

    /// <summary>Adds status and fields.</summary>
    public static void AddHead(Sight sight, HttpResponseMessage answer)
    {
        sight.Add($"status: {(int)answer.StatusCode}");
        sight.AddFields("field", answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).SelectMany(f => f.Value.Select(v => (f.Key, v))));
    }

    private static async Task ReadBodyAsync(Sight sight, HttpResponseMessage answer)
    {
        try
        {
            byte[] body = await answer.Content.ReadAsByteArrayAsync();
            sight.Add("end: whole");
            sight.AddBody(
                body,
                answer.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var coding) ? coding.ToString() : null,
                answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null);
            sight.AddFields("trailer", answer.TrailingHeaders.NonValidated.SelectMany(f => f.Value.Select(v => (f.Key, v))));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            sight.Add("end: broken off");
        }
    }
}
