using System.Globalization;
using System.IO.Compression;

namespace Railgun.Try.Origins.Site;

/// <summary>The demo site: a newspaper that changes a little with each view, its feed, a clock, an event stream, and one path that always gzips.</summary>
/// <param name="seed">What the newspaper is made from.</param>
/// <param name="time">Paces the event stream.</param>
internal sealed class NewsSite(int seed, TimeProvider time)
{
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly NewsDesk _desk = new(seed);

    /// <summary>The paths of the newest stories.</summary>
    public IReadOnlyList<string> NewestArticles(int count)
    {
        lock (_lock)
        {
            return [.. _desk.Stories.Take(count).Select(story => story.Path)];
        }
    }

    /// <summary>Adds the site to an application.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/", context => WriteAsync(context, "text/html; charset=utf-8", View(Pages.Front)));
        app.MapGet("/articles/{number:int}", ArticleAsync);
        app.MapGet("/feed.json", context => WriteAsync(context, "application/feed+json", View(Pages.Feed)));
        app.MapGet("/clock", context => WriteAsync(context, "application/json", View(Pages.Clock)));
        app.MapGet("/gzipped", GzippedAsync);
        app.MapGet("/events", EventsAsync);
    }

    private static Task WriteAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private Task ArticleAsync(HttpContext context)
    {
        int number = int.Parse((string)context.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        byte[]? page = View(desk => desk.Stories.FirstOrDefault(story => story.Number == number) is { } story ? Pages.Article(desk, story) : null);
        if (page is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return WriteAsync(context, "text/html; charset=utf-8", page);
    }

    // An origin that compresses whether it was asked to or not: the sender has to undo it to find the page.
    private Task GzippedAsync(HttpContext context)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(View(Pages.Front));
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return WriteAsync(context, "text/html; charset=utf-8", packed.ToArray());
    }

    private async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        CancellationToken gone = context.RequestAborted;
        try
        {
            while (true)
            {
                string line = View(desk => string.Create(CultureInfo.InvariantCulture, $"data: {desk.Now:dddd, d MMMM yyyy, HH:mm:ss}\n\n"));
                await context.Response.WriteAsync(line, gone);
                await context.Response.Body.FlushAsync(gone);
                await Task.Delay(BetweenEvents, time, gone);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has seen enough.
        }
    }

    private T View<T>(Func<NewsDesk, T> render)
    {
        lock (_lock)
        {
            _desk.MoveOn();
            return render(_desk);
        }
    }
}
