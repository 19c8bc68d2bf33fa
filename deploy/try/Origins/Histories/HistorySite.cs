using System.Globalization;
using System.Net;
using System.Text;

namespace Railgun.Try.Origins.Histories;

/// <summary>An origin that replays page histories: /PAGE answers the next version of FOLDER/PAGE on each request.</summary>
internal sealed class HistorySite
{
    private readonly Dictionary<string, PageHistory> _pages;

    /// <summary>Reads which pages and versions there are.</summary>
    /// <exception cref="UsageException">The folder holds no pages.</exception>
    public HistorySite(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"--pages {folder}: there is no such folder.");
        }

        _pages = Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .Where(page => Directory.EnumerateFiles(page).Any())
            .Select(page => new PageHistory(page)).ToDictionary(page => page.Path, StringComparer.Ordinal);
        if (_pages.Count == 0)
        {
            throw new UsageException($"--pages {folder}: it has to hold a folder for each page with its versions: {folder}/PAGE/0001.html, 0002.html, …");
        }
    }

    /// <summary>The pages, in order.</summary>
    public IReadOnlyCollection<PageHistory> Pages => _pages.Values;

    /// <summary>Adds the site to an application.</summary>
    public void Map(WebApplication app) => app.Run(AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.ToUriComponent();
        if (path == "/")
        {
            await WriteAsync(context, "text/html; charset=utf-8", Index());
        }
        else if (_pages.TryGetValue(path, out PageHistory? page))
        {
            (int number, byte[] body) = await page.NextAsync(context.RequestAborted);
            context.Response.Headers["X-Page-Version"] = number.ToString(CultureInfo.InvariantCulture);
            await WriteAsync(context, page.ContentType, body);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static async Task WriteAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private byte[] Index()
    {
        var list = new StringBuilder("<!doctype html><meta charset=utf-8><title>Page histories</title><h1>Page histories</h1><ul>");
        foreach (PageHistory page in Pages)
        {
            list.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{page.Path}\">{WebUtility.HtmlEncode(page.Path)}</a>, {page.Count} versions");
        }

        return Encoding.UTF8.GetBytes(list.Append("</ul>\n").ToString());
    }
}
