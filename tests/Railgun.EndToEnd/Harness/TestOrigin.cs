using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Railgun.Try.Origins;

namespace Railgun.EndToEnd.Harness;

/// <summary>The origin of the tests: each path answers in one way, and what it answered can be told from its version number.</summary>
internal sealed class TestOrigin : IAsyncDisposable
{
    private const int ShortRows = 20;

    private readonly ConcurrentDictionary<string, int> _versions = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OriginHost? _host;
    private int _waiting;

    /// <summary>Where it answers.</summary>
    public Uri Address => _host!.Address;

    /// <summary>The raw targets that it was asked for, in order.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    /// <summary>Starts it on a port; 0 for any free one.</summary>
    public static async Task<TestOrigin> StartAsync(int port = 0)
    {
        var origin = new TestOrigin();
        origin._host = await OriginHost.StartAsync(port, origin.Map);
        return origin;
    }

    /// <summary>Requests that wait at /gated, /late and /hold now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Lets go what waits there.</summary>
    public void OpenGate() => _gate.TrySetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        OpenGate();
        return _host?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            Targets.Enqueue(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
            return next(context);
        });

        // /page/NAME: the next version. Headers by the kind of page, so that no query is needed.
        app.MapMethods("/page/{name}", ["GET", "HEAD"], context => PageAsync(context));
        app.MapGet("/short/{name}", context => PageAsync(context, ShortRows));
        app.MapGet("/private/{name}", context => PageAsync(context, ("Cache-Control", "private")));
        app.MapGet("/public/{name}", context => PageAsync(context, ("Cache-Control", "public")));
        app.MapGet("/no-store/{name}", context => PageAsync(context, ("Cache-Control", "no-store")));
        app.MapGet("/set-cookie/{name}", context => PageAsync(context, ("Set-Cookie", "seen=1")));
        app.MapGet("/same/{name}", context => WriteAsync(context, SamplePage.Make(Name(context), 1)));
        app.MapGet("/gzip/{name}", GzipAsync);
        app.MapGet("/tagged/{name}", TaggedAsync);
        app.MapGet("/noise/{length:int}", context => NoiseAsync(context));
        app.MapGet("/flood/{length:long}", FloodAsync);
        app.MapGet("/gated/{length:int}", GatedAsync);
        app.MapGet("/late", LateAsync);
        app.MapPost("/echo", EchoAsync);
        app.MapPost("/digest", DigestAsync);
        app.MapPost("/hold", HoldAsync);
        app.MapGet("/head", context => context.Response.WriteAsync(string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}"))));
        app.MapFallback(context => context.Response.WriteAsync("fallback"));
    }

    private static string Name(HttpContext context) => (string)context.Request.RouteValues["name"]!;

    private static int Length(HttpContext context) => int.Parse((string)context.Request.RouteValues["length"]!, CultureInfo.InvariantCulture);

    private static Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body).AsTask();
    }

    private Task PageAsync(HttpContext context, params (string Name, string Value)[] fields) => PageAsync(context, SamplePage.UsualRows, fields);

    private Task PageAsync(HttpContext context, int rows, params (string Name, string Value)[] fields)
    {
        int version = _versions.AddOrUpdate(context.Request.Path.Value!, 1, (_, last) => last + 1);
        context.Response.Headers["X-Version"] = version.ToString(CultureInfo.InvariantCulture);
        foreach ((string name, string value) in fields)
        {
            context.Response.Headers[name] = value;
        }

        return WriteAsync(context, SamplePage.Make(Name(context), version, rows));
    }

    // Compresses although it was asked not to.
    private static Task GzipAsync(HttpContext context)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(SamplePage.Make(Name(context), 1));
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return WriteAsync(context, packed.ToArray());
    }

    private static Task TaggedAsync(HttpContext context)
    {
        const string Tag = "\"v1\"";
        context.Response.Headers.ETag = Tag;
        if (context.Request.Headers.IfNoneMatch.Any(tags => tags!.Contains(Tag, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return WriteAsync(context, SamplePage.Make(Name(context), 1));
    }

    private static Task NoiseAsync(HttpContext context)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = Length(context);
        return context.Response.Body.WriteAsync(SamplePage.Noise(Length(context), Length(context))).AsTask();
    }

    // As much as the asker takes, made as it is taken, and packed already by what it says.
    private static async Task FloodAsync(HttpContext context)
    {
        byte[] piece = SamplePage.Noise(64 * 1024, 1);
        long left = long.Parse((string)context.Request.RouteValues["length"]!, CultureInfo.InvariantCulture);
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = left;
        for (; left > 0; left -= piece.Length)
        {
            await context.Response.Body.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), context.RequestAborted);
        }
    }

    // Half of the body, and the other half when the gate opens.
    private async Task GatedAsync(HttpContext context)
    {
        byte[] body = SamplePage.Noise(Length(context), Length(context));
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2));
        await context.Response.Body.FlushAsync();
        await WaitAsync(context.RequestAborted);
        await context.Response.Body.WriteAsync(body.AsMemory(body.Length / 2));
    }

    private async Task LateAsync(HttpContext context)
    {
        await WaitAsync(context.RequestAborted);
        await WriteAsync(context, SamplePage.Make("late", 1));
    }

    private async Task WaitAsync(CancellationToken aborted)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _gate.Task.WaitAsync(aborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    // Takes nothing of the body until the gate opens.
    private async Task HoldAsync(HttpContext context)
    {
        await WaitAsync(context.RequestAborted);
        await DigestAsync(context);
    }

    private static async Task DigestAsync(HttpContext context)
    {
        byte[] digest = await SHA256.HashDataAsync(context.Request.Body);
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest)));
    }
}
