using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Railgun.Listener.Clients;

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
        Assert.That(new SilentCalls().Admit(http), admitted ? Is.Not.Null : Is.Null);
        Assert.That(rate.MinDataRate, admitted ? Is.Null : Is.Not.Null);
    }

    [Test]
    public void Calls_that_no_origin_has_shown_to_be_gRPC_are_bounded()
    {
        var calls = new SilentCalls();
        SilentCall?[] all = [.. Enumerable.Range(0, SilentCalls.MaxUnproved).Select(_ => Admit(calls))];
        Assert.That(all, Has.None.Null);
        Assert.That(Admit(calls), Is.Null);
        all[0]!.Leave();
        all[0]!.Leave();
        Assert.That(Admit(calls), Is.Not.Null);
        Assert.That(Admit(calls), Is.Null);
    }

    private static SilentCall? Admit(SilentCalls calls) => calls.Admit(Request("HTTP/2", "POST", "application/grpc", "trailers", out _));

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
