using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd;

/// <summary>What a client gets is what the origin sent.</summary>
internal sealed class PagesTests
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    private RunningPair _pair = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _pair = await RunningPair.StartAsync();

    [OneTimeTearDown]
    public ValueTask StopAsync() => _pair.DisposeAsync();

    [Test]
    public async Task The_second_version_of_a_page_crosses_as_a_delta_against_the_first()
    {
        var first = await _pair.PageAsync("/page/delta");
        var second = await _pair.PageAsync("/page/delta");
        Assert.That(second.Use.Base, Is.EqualTo(first.Name), second.Use.NoBase);
        Assert.That(second.Use.Down, Is.LessThan(SamplePage.Make("delta", 2).Length / 20));
    }

    [Test]
    public async Task Twenty_versions_in_a_row_arrive_byte_exact()
    {
        for (int i = 0; i < 20; i++)
        {
            await _pair.PageAsync("/page/row");
        }
    }

    [Test]
    public async Task A_page_that_did_not_change_costs_next_to_nothing()
    {
        byte[] page = SamplePage.Make("still", 1);
        Assert.That(await _pair.Client.GetByteArrayAsync("/same/still"), Is.EqualTo(page));
        await _pair.UseOfAsync("/same/still");
        Assert.That(await _pair.Client.GetByteArrayAsync("/same/still"), Is.EqualTo(page));
        Assert.That((await _pair.UseOfAsync("/same/still")).Down, Is.LessThan(200), "bytes for a page that is known");
    }

    [Test]
    public async Task Ten_megabytes_arrive_byte_exact()
    {
        byte[] body = await _pair.Client.GetByteArrayAsync(string.Create(CultureInfo.InvariantCulture, $"/noise/{TenMegabytes}"));
        Assert.That(body.AsSpan().SequenceEqual(SamplePage.Noise(TenMegabytes, TenMegabytes)));
    }

    [Test]
    public async Task Ten_megabytes_are_sent_to_the_origin_byte_exact()
    {
        byte[] body = SamplePage.Noise(TenMegabytes, 7);
        using var answer = await _pair.Client.PostAsync("/digest", new ByteArrayContent(body));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(body))));
    }

    [Test]
    public async Task Ten_megabytes_go_both_ways_in_one_exchange()
    {
        byte[] body = SamplePage.Noise(TenMegabytes, 8);
        using var answer = await _pair.Client.PostAsync("/echo", new ByteArrayContent(body));
        Assert.That((await answer.Content.ReadAsByteArrayAsync()).AsSpan().SequenceEqual(body));
    }

    [Test]
    public async Task A_head_request_gets_the_head_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/page/head");
        using var answer = await _pair.Client.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(SamplePage.Make("head", 1).Length));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task The_origin_sees_the_clients_host_and_who_it_was_forwarded_for()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/head");
        request.Headers.Host = "shop.example";
        using var answer = await _pair.Client.SendAsync(request);
        string head = await answer.Content.ReadAsStringAsync();
        Assert.That(head, Does.Contain("Host: shop.example").And.Contain("X-Forwarded-For: 127.0.0.1").And.Contain("X-Forwarded-Host: shop.example"));
    }

    [TestCase("/a%2Fb/../c?x=%20y&z=a+b")]
    [TestCase("/%7Euser//double/./dot")]
    [TestCase("/?")]
    public async Task The_origin_sees_the_target_as_the_client_sent_it(string target)
    {
        await RawClient.GetAsync(_pair.Pair.HttpPort, target);
        Assert.That(_pair.Origin.Targets, Does.Contain(target));
    }
}
