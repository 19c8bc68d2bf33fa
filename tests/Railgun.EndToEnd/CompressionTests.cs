using System.IO.Compression;
using System.Net;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd;

/// <summary>Who recodes a body, and what that does to its head (ARCHITECTURE.md).</summary>
internal sealed class CompressionTests
{
    private RunningPair _pair = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [OneTimeTearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task A_page_is_compressed_at_the_edge_for_clients_that_accept_it(string coding)
    {
        using HttpResponseMessage answer = await GetAsync("/tagged/coded", ("Accept-Encoding", coding));
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(new[] { coding }));
        Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));
        Assert.That(answer.Headers.ETag?.ToString(), Is.EqualTo("W/\"v1-railgun\""));
        Assert.That(await PlainAsync(answer, coding), Is.EqualTo(SamplePage.Make("coded", 1)));
    }

    [Test]
    public async Task A_tag_that_was_weakened_here_still_matches_at_the_origin()
    {
        using HttpResponseMessage answer = await GetAsync("/tagged/coded", ("Accept-Encoding", "br"), ("If-None-Match", "W/\"v1-railgun\""));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(answer.Headers.ETag?.ToString(), Is.EqualTo("W/\"v1-railgun\""));
    }

    [Test]
    public async Task A_client_that_accepts_no_coding_gets_the_body_as_it_is()
    {
        using HttpResponseMessage answer = await GetAsync("/tagged/plain");
        Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(answer.Headers.ETag?.ToString(), Is.EqualTo("\"v1\""));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(SamplePage.Make("plain", 1)));
    }

    [Test]
    public async Task An_origin_that_always_compresses_does_not_hide_its_page()
    {
        foreach (bool first in (bool[])[true, false])
        {
            using HttpResponseMessage answer = await GetAsync("/gzip/packed");
            Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty);
            Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(SamplePage.Make("packed", 1)));
            Assert.That((await _pair.UseOfAsync("/gzip/packed")).Down, first ? Is.GreaterThan(1000) : Is.LessThan(400));
        }
    }

    private static async Task<byte[]> PlainAsync(HttpResponseMessage answer, string coding)
    {
        await using Stream coded = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = coding == "br" ? new BrotliStream(coded, CompressionMode.Decompress) : new GZipStream(coded, CompressionMode.Decompress);
        var body = new MemoryStream();
        await plain.CopyToAsync(body);
        return body.ToArray();
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach ((string name, string value) in fields)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _pair.Client.SendAsync(request);
    }
}
