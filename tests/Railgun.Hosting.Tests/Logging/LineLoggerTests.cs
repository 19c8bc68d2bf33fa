using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Railgun.Hosting.Logging;
using Railgun.Hosting.Options;

namespace Railgun.Hosting.Tests.Logging;

internal sealed partial class LineLoggerTests
{
    private readonly RecentProblems _problems = new();

    [Test]
    public void A_text_line_has_time_level_category_and_message() =>
        Assert.That(LinesOf(LogFormat.Text, log => LaneUp(log, "shop", 3)), Is.EqualTo("2026-05-01T12:00:00.000Z info Link: shop has 3 lanes\n"));

    [Test]
    public void A_JSON_line_has_the_messages_values()
    {
        using JsonDocument line = JsonDocument.Parse(LinesOf(LogFormat.Json, log => LaneUp(log, "shop", 3)));
        Assert.That(line.RootElement.GetProperty("level").GetString(), Is.EqualTo("information"));
        Assert.That(line.RootElement.GetProperty("category").GetString(), Is.EqualTo("Railgun.Link"));
        Assert.That(line.RootElement.GetProperty("event").GetString(), Is.EqualTo("LaneUp"));
        Assert.That(line.RootElement.GetProperty("message").GetString(), Is.EqualTo("shop has 3 lanes"));
        Assert.That(line.RootElement.GetProperty("values").GetProperty("peer").GetString(), Is.EqualTo("shop"));
        Assert.That(line.RootElement.GetProperty("values").GetProperty("lanes").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public void What_comes_from_outside_stays_on_its_line()
    {
        Assert.That(LinesOf(LogFormat.Text, log => LaneUp(log, "shop\nforged", 3)), Does.EndWith("Link: shop\\u000aforged has 3 lanes\n"));
        Assert.That(LinesOf(LogFormat.Json, log => LaneUp(log, "shop\nforged", 3)).Count(c => c == '\n'), Is.EqualTo(1));
    }

    [Test]
    public void An_exception_is_told_with_its_stack_indented()
    {
        string lines = LinesOf(LogFormat.Text, log => Failed(log, Thrown("bad\nthing")));
        Assert.That(lines, Does.Contain("error Link: It failed (InvalidOperationException: bad\\u000athing)\n    at "));
        using JsonDocument line = JsonDocument.Parse(LinesOf(LogFormat.Json, log => Failed(log, Thrown("bad"))));
        Assert.That(line.RootElement.GetProperty("exception").GetString(), Does.StartWith("System.InvalidOperationException: bad"));
    }

    [Test]
    public void Warnings_and_worse_are_remembered_for_the_status()
    {
        LinesOf(LogFormat.Text, log =>
        {
            LaneUp(log, "shop", 1);
            for (int i = 0; i < RecentProblems.Capacity; i++)
            {
                Odd(log, i);
            }

            Failed(log, Thrown("bad"));
        });
        Assert.That(_problems.Last(), Has.Count.EqualTo(RecentProblems.Capacity));
        Assert.That(_problems.Last()[0].Message, Is.EqualTo("Odd 1"), "the oldest is gone");
        Assert.That(_problems.Last()[^1].Message, Is.EqualTo("It failed (InvalidOperationException: bad)"));
        Assert.That(_problems.Last()[^1].Level, Is.EqualTo("error"));
    }

    [Test]
    public void A_remembered_message_has_a_bound()
    {
        _problems.Add(default, "warning", new string('x', 10_000));
        Assert.That(_problems.Last()[^1].Message, Has.Length.EqualTo(RecentProblems.MaxMessage + 1));
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }

    private string LinesOf(LogFormat format, Action<ILogger> act)
    {
        using var output = new MemoryStream();
        using (var sink = new LogSink(output, format))
        using (var provider = new LineLoggerProvider(sink, format, _problems, new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero))))
        {
            act(provider.CreateLogger("Railgun.Link"));
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    [LoggerMessage(1, LogLevel.Information, "{Peer} has {Lanes} lanes")]
    private static partial void LaneUp(ILogger log, string peer, int lanes);

    [LoggerMessage(2, LogLevel.Warning, "Odd {Number}")]
    private static partial void Odd(ILogger log, int number);

    [LoggerMessage(3, LogLevel.Error, "It failed")]
    private static partial void Failed(ILogger log, Exception exception);
}
