namespace Railgun.Try.Origins.Site;

/// <summary>
/// What the newspaper knows: stories, readers, comments and the time. It moves on a little with each view and by nothing else, so that the
/// same seed and the same views give the same bytes. Not thread-safe: <see cref="NewsSite"/> holds one lock over it.
/// </summary>
internal sealed class NewsDesk
{
    /// <summary>How many stories are kept; the oldest leaves when a new one comes.</summary>
    public const int MaxStories = 48;

    private const int MaxComments = 30;

    private static readonly string[] Sections = ["Harbour", "Town", "Culture", "Weather", "Letters"];

    private readonly Random _chance;
    private readonly Prose _prose;
    private readonly List<Story> _stories = [];
    private int _written;

    /// <summary>Fills the first edition.</summary>
    public NewsDesk(int seed)
    {
        _chance = new Random(seed);
        _prose = new Prose(_chance);
        while (_stories.Count < MaxStories)
        {
            Now += TimeSpan.FromMinutes(_chance.Next(5, 40));
            Publish();
        }
    }

    /// <summary>The site's own time.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Views so far.</summary>
    public int Views { get; private set; }

    /// <summary>The stories, newest first.</summary>
    public IReadOnlyList<Story> Stories => _stories;

    /// <summary>A token such as sites put into each page they send, 22 characters, never the same.</summary>
    public string Nonce()
    {
        Span<byte> bytes = stackalloc byte[16];
        _chance.NextBytes(bytes);
        return Convert.ToBase64String(bytes)[..22];
    }

    /// <summary>Somebody looks: time passes, some are read, some get a comment, and now and then there is news.</summary>
    public void MoveOn()
    {
        Views++;
        Now += TimeSpan.FromSeconds(_chance.Next(5, 90));
        for (int i = 0; i < 5; i++)
        {
            Story story = _stories[_chance.Next(_stories.Count)];
            story.Readers += _chance.Next(1, 20);
            if (_chance.Next(4) == 0 && story.Comments.Count < MaxComments)
            {
                story.Comments.Add($"{_prose.Author()}: {_prose.Paragraph(1)}");
            }
        }

        if (_chance.Next(3) == 0)
        {
            Publish();
        }
    }

    private void Publish()
    {
        _stories.Insert(0, new Story
        {
            Number = ++_written,
            Headline = _prose.Headline(),
            Section = Sections[_chance.Next(Sections.Length)],
            Author = _prose.Author(),
            Summary = _prose.Paragraph(3),
            Paragraphs = [.. Enumerable.Range(0, 14).Select(_ => _prose.Paragraph(5))],
            Published = Now,
            Readers = _chance.Next(20, 4000),
        });
        if (_stories.Count > MaxStories)
        {
            _stories.RemoveAt(MaxStories);
        }
    }
}
