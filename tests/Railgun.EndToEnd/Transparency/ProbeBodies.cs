using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd.Transparency;

/// <summary>The probe's paths that ask for something and get it.</summary>
internal static class ProbeBodies
{
    /// <summary>A page of some 30 KB.</summary>
    public static byte[] Page { get; } = SamplePage.Make("probe", 1);

    private static readonly DateTimeOffset Changed = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Adds them.</summary>
    public static void Map(WebApplication app)
    {
        app.MapFallback(EchoAsync);
        app.Map("/status/{code:int}", StatusAsync);
        app.Map("/sized/{length:int}", context => SizedAsync(context, announced: true));
        app.Map("/unsized/{length:int}", context => SizedAsync(context, announced: false));
        app.Map("/page", context => TextAsync(context));
        app.Map("/page/no-transform", context => TextAsync(context, ("Cache-Control", "no-transform")));
        app.Map("/page/digest", context => TextAsync(context, ("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Page))}:")));
        app.Map("/page/tagged", context => TextAsync(context, ("ETag", "\"strong\""), ("Accept-Ranges", "bytes")));
        app.Map("/page/weak", context => TextAsync(context, ("ETag", "W/\"weak\"")));
        app.Map("/page/vary", context => TextAsync(context, ("Vary", "Cookie, Accept-Encoding")));
        app.Map("/page/vary-star", context => TextAsync(context, ("Vary", "*")));
        app.Map("/page/cookie", context => TextAsync(context, ("Vary", "Cookie"), ("Set-Cookie", "a=1; Path=/")));
        app.Map("/packed/{coding}", PackedAsync);
        app.Map("/resource", context => ResourceAsync(context, "application/octet-stream"));
        app.Map("/resource/text", context => ResourceAsync(context, "text/plain"));
        app.Map("/multirange", MultiRangeAsync);
        app.Map("/fields/{kind}", FieldsAsync);
    }

    /// <summary>Writes back what was asked.</summary>
    public static async Task EchoAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"asked method: {context.Request.Method}\n");
        text.Append(CultureInfo.InvariantCulture, $"asked target: {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}\n");
        text.Append(CultureInfo.InvariantCulture, $"asked host: {context.Request.Host.Value}\n");
        var sight = new Sight();
        sight.AddFields("asked", context.Request.Headers.Where(f => !IsOfConnection(f.Key)).OrderBy(f => f.Key, StringComparer.OrdinalIgnoreCase).SelectMany(f => f.Value.Select(v => (f.Key, v ?? ""))));
        if (context.Features.Get<IHttpRequestTrailersFeature>() is { Available: true } trailers)
        {
            sight.AddFields("asked trailer", trailers.Trailers.SelectMany(f => f.Value.Select(v => (f.Key, v ?? ""))));
        }

        sight.Add(Sight.Describe("asked body", body.GetBuffer().AsSpan(0, (int)body.Length)));
        sight.Lines.ForEach(line => text.Append(line).Append('\n'));
        context.Response.ContentType = "application/x-echo";
        byte[] answer = Encoding.Latin1.GetBytes(text.ToString());
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(HttpMethods.IsHead(context.Request.Method) ? default : answer);
    }

    private static bool IsOfConnection(string name) => name.StartsWith(':') || name.ToLowerInvariant() is "host" or "connection" or "transfer-encoding";

    private static Task StatusAsync(HttpContext context)
    {
        int code = int.Parse((string)context.Request.RouteValues["code"]!, CultureInfo.InvariantCulture);
        context.Response.StatusCode = code;
        context.Response.Headers["X-Kind"] = "status";
        if (code == 304)
        {
            context.Response.Headers.ETag = "\"x\"";
        }

        if (code is 301 or 302 or 303 or 307 or 308)
        {
            context.Response.Headers.Location = "/elsewhere?a=b";
        }

        return code is 204 or 205 or 304 ? Task.CompletedTask : context.Response.WriteAsync(HttpMethods.IsHead(context.Request.Method) ? "" : $"status {code}");
    }

    private static async Task SizedAsync(HttpContext context, bool announced)
    {
        int length = int.Parse((string)context.Request.RouteValues["length"]!, CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = announced ? length : null;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        byte[] body = SamplePage.Noise(length, length);
        if (announced)
        {
            await context.Response.Body.WriteAsync(body);
            return;
        }

        await context.Response.StartAsync();
        for (int at = 0; at < length; at += 10_000)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(at, Math.Min(10_000, length - at)));
            await context.Response.Body.FlushAsync();
        }
    }

    private static async Task TextAsync(HttpContext context, params (string Name, string Value)[] fields)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Page.Length;
        foreach ((string name, string value) in fields)
        {
            context.Response.Headers[name] = value;
        }

        if (context.Response.Headers.ETag.ToString() is { Length: > 0 } tag
            && context.Request.Headers.IfNoneMatch.ToString().Contains(tag.Replace("W/", "", StringComparison.Ordinal), StringComparison.Ordinal))
        {
            context.Response.StatusCode = 304;
            context.Response.ContentLength = null;
            return;
        }

        await context.Response.Body.WriteAsync(HttpMethods.IsHead(context.Request.Method) ? default : Page);
    }

    private static async Task PackedAsync(HttpContext context)
    {
        string coding = (string)context.Request.RouteValues["coding"]!;
        var packed = new MemoryStream();
        await using (Stream coder = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            await coder.WriteAsync(Page);
        }

        context.Response.ContentType = "text/html";
        context.Response.Headers.ContentEncoding = coding;
        context.Response.Headers.ETag = "\"packed\"";
        context.Response.ContentLength = packed.Length;
        await context.Response.Body.WriteAsync(HttpMethods.IsHead(context.Request.Method) ? default : packed.GetBuffer().AsMemory(0, (int)packed.Length));
    }

    private static Task ResourceAsync(HttpContext context, string type) =>
        Results.Bytes(Page, type, lastModified: Changed, entityTag: new EntityTagHeaderValue("\"v1\""), enableRangeProcessing: true).ExecuteAsync(context);

    private static async Task MultiRangeAsync(HttpContext context)
    {
        context.Response.StatusCode = 206;
        context.Response.ContentType = "multipart/byteranges; boundary=cut";
        const string Part = "--cut\r\nContent-Type: text/plain\r\nContent-Range: bytes {0}/100\r\n\r\n{1}\r\n";
        string body = string.Format(CultureInfo.InvariantCulture, Part, "0-3", "abcd") + string.Format(CultureInfo.InvariantCulture, Part, "96-99", "wxyz") + "--cut--\r\n";
        context.Response.ContentLength = body.Length;
        await context.Response.WriteAsync(body);
    }

    private static Task FieldsAsync(HttpContext context)
    {
        IHeaderDictionary fields = context.Response.Headers;
        switch ((string)context.Request.RouteValues["kind"]!)
        {
            case "cookies":
                fields.SetCookie = new(["b=2; HttpOnly", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=3", "c=\"x, y\""]);
                break;
            case "repeated":
                fields["X-Many"] = new(["3", "1", "2", "1"]);
                fields["Link"] = new(["</a.css>; rel=preload", "</b.js>; rel=preload, </c.js>"]);
                fields["Warning"] = new(["110 a \"b\"", "111 c \"d\""]);
                break;
            case "latin":
                fields["X-Latin"] = "caf\u00e9 \u00ff\u0080";
                fields.ContentDisposition = "attachment; filename=\"\u00fcber.txt\"";
                break;
            case "empty":
                fields["X-Empty"] = "";
                fields["X-Spaces"] = "a  b   c";
                break;
            case "long":
                fields["X-Long"] = new string('x', 8000);
                break;
            case "security":
                fields.StrictTransportSecurity = "max-age=1";
                fields.ContentSecurityPolicy = "default-src 'self'";
                fields["Alt-Svc"] = "h3=\":443\"";
                fields["Via"] = "1.1 inner";
                fields.WWWAuthenticate = new(["Basic realm=\"a\"", "Bearer"]);
                fields["Server"] = "probe/1";
                fields["Age"] = "7";
                fields["Refresh"] = "5";
                fields["NEL"] = "{}";
                fields["Proxy-Authenticate"] = "Basic";
                break;
        }

        return context.Response.WriteAsync("fields");
    }
}
