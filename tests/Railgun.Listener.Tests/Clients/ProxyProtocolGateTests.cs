using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using Railgun.Listener.Clients;
using Railgun.Listener.Startup;
using Railgun.Listener.Tests.Support;

namespace Railgun.Listener.Tests.Clients;

/// <summary>How long a balancer may take for its header.</summary>
internal sealed class ProxyProtocolGateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProxyProtocolOptions _options = new() { From = ["192.0.2.1"] };

    [Test]
    public async Task A_header_that_comes_within_its_time_is_read()
    {
        var input = new Pipe();
        (Task<bool> passed, DefaultConnectionContext connection) = Pass(input);
        await input.Writer.WriteAsync("PROXY TCP4 198.51.100.7 198."u8.ToArray());
        _time.Advance(_options.Timeout - TimeSpan.FromTicks(10_000));
        await input.Writer.WriteAsync("51.100.1 1 2\r\n"u8.ToArray());
        Assert.That(await passed.WaitAsync(Patience.Limit), Is.True);
        Assert.That(connection.RemoteEndPoint, Is.EqualTo(new IPEndPoint(IPAddress.Parse("198.51.100.7"), 1)));
    }

    [Test]
    public async Task A_connection_whose_header_takes_longer_is_closed()
    {
        var input = new Pipe();
        (Task<bool> passed, DefaultConnectionContext connection) = Pass(input);
        await input.Writer.WriteAsync("PROXY TCP4 198.51.100.7 198."u8.ToArray());
        Assert.That(passed.IsCompleted, Is.False);
        _time.Advance(_options.Timeout);
        Assert.That(await passed.WaitAsync(Patience.Limit), Is.False);
        await Patience.UntilAsync(() => connection.ConnectionClosed.IsCancellationRequested, "the connection is closed");
    }

    private (Task<bool> Passed, DefaultConnectionContext Connection) Pass(Pipe input)
    {
        bool passed = false;
        var connection = new DefaultConnectionContext
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1000),
            Transport = new Duplex(input.Reader, PipeWriter.Create(Stream.Null)),
        };
        Task passing = new ProxyProtocolGate(_options, _time).PassAsync(connection, _ =>
        {
            passed = true;
            return Task.CompletedTask;
        });
        return (EndAsync(), connection);

        async Task<bool> EndAsync()
        {
            await passing;
            return passed;
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
