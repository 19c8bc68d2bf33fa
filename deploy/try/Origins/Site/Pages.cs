using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Railgun.Try.Origins.Site;

/// <summary>The documents of the newspaper, as they are at this view.</summary>
internal static class Pages
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The front page: every story with its summary.</summary>
    public static byte[] Front(NewsDesk desk)
    {
        StringBuilder page = Layout.Begin("News", desk).Append("<main>\n");
        foreach (Story story in desk.Stories)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <article id="story-{story.Number}">
                <span class="meta">{story.Section} · <time datetime="{story.Published:s}Z">{story.Published:HH:mm}</time> · {story.Readers} readers · {story.Comments.Count} comments</span>
                <h2><a href="{story.Path}">{Layout.Text(story.Headline)}</a></h2>
                <p>{Layout.Text(story.Summary)}</p>
                <p class="meta">By {story.Author}</p>
                </article>

                """);
        }

        return Layout.End(page.Append("</main>\n"), desk);
    }

    /// <summary>One story with its comments.</summary>
    public static byte[] Article(NewsDesk desk, Story story)
    {
        StringBuilder page = Layout.Begin(story.Headline, desk).Append(CultureInfo.InvariantCulture, $"""
            <main class="story">
            <span class="meta">{story.Section} · By {story.Author} · <time datetime="{story.Published:s}Z">{story.Published:d MMMM, HH:mm}</time> · {story.Readers} readers</span>
            <h2>{Layout.Text(story.Headline)}</h2>
            <p><em>{Layout.Text(story.Summary)}</em></p>

            """);
        foreach (string paragraph in story.Paragraphs)
        {
            page.Append("<p>").Append(Layout.Text(paragraph)).Append("</p>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<h3>{story.Comments.Count} comments</h3>\n<ul>\n");
        foreach (string comment in story.Comments)
        {
            page.Append("<li>").Append(Layout.Text(comment)).Append("</li>\n");
        }

        return Layout.End(page.Append("</ul>\n</main>\n"), desk);
    }

    /// <summary>The stories as a JSON Feed 1.1.</summary>
    public static byte[] Feed(NewsDesk desk) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            version = "https://jsonfeed.org/version/1.1",
            title = "The Harbour Gazette",
            updated = desk.Now,
            items = desk.Stories.Select(story => new
            {
                id = story.Number.ToString(CultureInfo.InvariantCulture),
                url = story.Path,
                title = story.Headline,
                summary = story.Summary,
                date_published = story.Published,
                tags = new[] { story.Section },
                readers = story.Readers,
                comments = story.Comments.Count,
            }),
        },
        Json);

    /// <summary>The site's own time, a very small document.</summary>
    public static byte[] Clock(NewsDesk desk) =>
        JsonSerializer.SerializeToUtf8Bytes(new { now = desk.Now, views = desk.Views, newest = desk.Stories[0].Headline }, Json);
}
