using System.Globalization;
using System.Net;
using System.Text;

namespace Railgun.Try.Origins.Site;

/// <summary>The template that all pages of the newspaper share.</summary>
internal static class Layout
{
    /// <summary>The top of a page, up to where its own content begins.</summary>
    public static StringBuilder Begin(string title, NewsDesk desk)
    {
        string nonce = desk.Nonce();
        return new StringBuilder().Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="csrf-token" content="{{nonce}}">
            <title>{{Text(title)}} · The Harbour Gazette</title>
            <link rel="alternate" type="application/feed+json" title="The Harbour Gazette" href="/feed.json">
            <style nonce="{{nonce}}">
            :root { --ink: #1b2430; --sea: #17627a; --foam: #eef4f5; --rule: #c8d5d8; font: 17px/1.55 Georgia, "Times New Roman", serif; color: var(--ink); }
            body { margin: 0 auto; max-width: 62rem; padding: 0 1.2rem 4rem; background: #fff; }
            header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem 1.6rem; border-bottom: 3px double var(--rule); padding: 1.4rem 0 .6rem; }
            header h1 { margin: 0; font-size: 2.1rem; letter-spacing: -.01em; }
            header h1 a { color: inherit; text-decoration: none; }
            nav a { margin-right: 1rem; font: 600 .82rem/1 system-ui, sans-serif; text-transform: uppercase; letter-spacing: .06em; color: var(--sea); text-decoration: none; }
            time, .meta { font: .8rem/1.4 system-ui, sans-serif; color: #5c6b74; }
            main { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1.4rem 2rem; padding-top: 1.4rem; }
            article { border-top: 1px solid var(--rule); padding-top: .6rem; }
            article h2 { margin: .2rem 0 .4rem; font-size: 1.2rem; line-height: 1.25; }
            article h2 a { color: inherit; text-decoration: none; }
            article h2 a:hover { color: var(--sea); text-decoration: underline; }
            .story { display: block; max-width: 42rem; }
            .story p:first-of-type::first-letter { float: left; font-size: 3.1rem; line-height: .9; padding-right: .4rem; color: var(--sea); }
            aside { background: var(--foam); padding: 1rem 1.4rem; margin-top: 2rem; }
            aside ol { margin: .4rem 0 0; padding-left: 1.2rem; }
            footer { border-top: 3px double var(--rule); margin-top: 3rem; padding-top: .8rem; }
            </style>
            </head>
            <body data-view="{{desk.Views}}">
            <header>
            <h1><a href="/">The Harbour Gazette</a></h1>
            <nav><a href="/">News</a> <a href="/feed.json">Feed</a> <a href="/clock">Clock</a> <a href="/events">Live</a> <a href="/gzipped">Almanac</a></nav>
            <time datetime="{{desk.Now:s}}Z">{{desk.Now:dddd, d MMMM yyyy, HH:mm:ss}}</time>
            </header>

            """);
    }

    /// <summary>The bottom of a page; returns the whole.</summary>
    public static byte[] End(StringBuilder page, NewsDesk desk)
    {
        page.Append("<aside><strong>Most read</strong><ol>\n");
        foreach (Story story in desk.Stories.OrderByDescending(s => s.Readers).ThenBy(s => s.Number).Take(10))
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{story.Path}\">{Text(story.Headline)}</a> <span class=\"meta\">{story.Readers} readers</span></li>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $$"""
            </ol></aside>
            <footer class="meta">View {{desk.Views}} of this edition. The Harbour Gazette is made up, word by word, from a seed: it shows what Railgun does.</footer>
            <script nonce="{{desk.Nonce()}}">
            const clock = document.querySelector('header time');
            new EventSource('/events').onmessage = event => { clock.textContent = event.data; };
            </script>
            </body>
            </html>

            """);
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    /// <summary>Text for HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
