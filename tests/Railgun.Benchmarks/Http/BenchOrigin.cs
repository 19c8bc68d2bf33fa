using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Railgun.Try.Origins;

namespace Railgun.Benchmarks.Http;

/// <summary>The origin: takes and gives large bodies, and tells events that say when they were told.</summary>
internal sealed class BenchOrigin : IAsyncDisposable
{
    /// <summary>Between two events of a stream.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private OriginHost _host = null!;

    /// <summary>Where it answers.</summary>
    public Uri Address => _host.Address;

    /// <summary>Starts it.</summary>
    public static async Task<BenchOrigin> StartAsync() => new() { _host = await OriginHost.StartAsync(0, Map) };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void Map(WebApplication app)
    {
        app.MapPut("/sink", SinkAsync);
        app.MapGet("/source/{length:long}", SourceAsync);
        app.MapGet("/events", EventsAsync);
    }

    private static async Task SinkAsync(HttpContext context)
    {
        byte[] buffer = new byte[Noise.Piece];
        long taken = 0;
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and int read)
        {
            taken += read;
        }

        await context.Response.WriteAsync(taken.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task SourceAsync(HttpContext context)
    {
        long length = long.Parse((string)context.Request.RouteValues["length"]!, CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = length;
        for (long at = 0; at < length; at += Noise.Piece)
        {
            await context.Response.Body.WriteAsync(Noise.At(at)[..(int)Math.Min(Noise.Piece, length - at)]);
        }
    }

    // Each event is the time at which it was told, on this machine's steady clock.
    private static async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var timer = new PeriodicTimer(Interval);
        byte[] line = new byte[64];
        "data: "u8.CopyTo(line);
        while (await timer.WaitForNextTickAsync(context.RequestAborted))
        {
            Utf8Formatter.TryFormat(Stopwatch.GetTimestamp(), line.AsSpan(6), out int digits);
            "\n\n"u8.CopyTo(line.AsSpan(6 + digits));
            await context.Response.Body.WriteAsync(line.AsMemory(0, 8 + digits), context.RequestAborted);
        }
    }
}
