using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Railgun.Listener.Clients;
using Railgun.Listener.Startup;

namespace Railgun.Listener.Tests.Clients;

/// <summary>For whom the least rate of a body does not hold.</summary>
internal sealed class SilentCallsTests
{
    [TestCase("HTTP/2", "POST", "application/grpc+proto", "trailers", true)]
    [TestCase("HTTP/1.1", "POST", "application/grpc", "trailers", false)]
    [TestCase("HTTP/2", "PUT", "application/grpc", "trailers", false)]
    [TestCase("HTTP/2", "POST", "application/json", "trailers", false)]
    [TestCase("HTTP/2", "POST", "application/grpc", "", false)]
    public void Only_what_looks_like_a_call_in_every_way_may_be_silent(string protocol, string method, string type, string te, bool admitted)
    {
        HttpContext http = Request(protocol, method, type, te, out Rate rate);
        Assert.That(new SilentCalls(new ForwardedOptions()).Admit(http), admitted ? Is.Not.Null : Is.Null);
        Assert.That(rate.MinDataRate, admitted ? Is.Null : Is.Not.Null);
    }

    [TestCase("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2")]
    [TestCase("2001:db8::1", "2001:db8:0:0:ffff::2", "2001:db8:0:1::1")]
    public void Calls_from_one_place_that_no_origin_has_shown_to_be_gRPC_are_bounded(string one, string same, string other)
    {
        var calls = new SilentCalls(new ForwardedOptions());
        SilentCall?[] all = [.. Enumerable.Range(0, SilentCalls.MaxFromOnePlace).Select(_ => Admit(calls, one))];
        Assert.That(all, Has.None.Null);
        Assert.That(Admit(calls, same), Is.Null);
        Assert.That(Admit(calls, other), Is.Not.Null);
        all[0]!.Leave();
        all[0]!.Leave();
        Assert.That(Admit(calls, same), Is.Not.Null);
        Assert.That(Admit(calls, one), Is.Null);
    }

    [Test]
    public void Calls_from_everywhere_are_bounded_too()
    {
        var calls = new SilentCalls(new ForwardedOptions());
        SilentCall?[] all = [.. Enumerable.Range(0, SilentCalls.MaxUnproved).Select(i => Admit(calls, $"10.0.{i % 16}.1"))];
        Assert.That(all, Has.None.Null);
        Assert.That(Admit(calls, "192.0.2.1"), Is.Null);
        all[0]!.Leave();
        Assert.That(Admit(calls, "192.0.2.1"), Is.Not.Null);
    }

    [Test]
    public void A_proxy_that_is_trusted_brings_many_clients()
    {
        var calls = new SilentCalls(new ForwardedOptions { Trusted = ["192.0.2.0/24"] });
        Assert.That(Enumerable.Range(0, SilentCalls.MaxUnproved).Select(_ => Admit(calls, "192.0.2.9")), Has.None.Null);
        Assert.That(Admit(calls, "192.0.2.9"), Is.Null);
    }

    private static SilentCall? Admit(SilentCalls calls, string address)
    {
        HttpContext http = Request("HTTP/2", "POST", "application/grpc", "trailers", out _);
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return calls.Admit(http);
    }

    private static DefaultHttpContext Request(string protocol, string method, string type, string te, out Rate rate)
    {
        var http = new DefaultHttpContext();
        (http.Request.Protocol, http.Request.Method, http.Request.ContentType, http.Request.Headers.TE) = (protocol, method, type, te);
        rate = new Rate();
        http.Features.Set<IHttpMinRequestBodyDataRateFeature>(rate);
        return http;
    }

    private sealed class Rate : IHttpMinRequestBodyDataRateFeature
    {
        public MinDataRate? MinDataRate { get; set; } = new(240, TimeSpan.FromSeconds(10));
    }
}
