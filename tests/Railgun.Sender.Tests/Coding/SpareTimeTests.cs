using Microsoft.Extensions.Time.Testing;
using Railgun.Sender.Coding;

namespace Railgun.Sender.Tests.Coding;

/// <summary>A twentieth of the time, and a little at once after a pause.</summary>
internal sealed class SpareTimeTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Ten_milliseconds_of_work_use_it_up()
    {
        SpareTime spare = new(_time);
        int pieces = 0;
        for (; spare.IsLeft; pieces++)
        {
            Work(spare, TimeSpan.FromMilliseconds(1));
        }

        // The work itself takes time too, in which a twentieth more comes.
        Assert.That(pieces, Is.InRange(10, 11));
    }

    [Test]
    public void Twenty_times_as_long_as_the_work_took_it_is_there_again()
    {
        SpareTime spare = new(_time);
        while (spare.IsLeft)
        {
            Work(spare, TimeSpan.FromMilliseconds(1));
        }

        _time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.That(spare.IsLeft, Is.True);
        Work(spare, TimeSpan.FromMilliseconds(1));
        Assert.That(spare.IsLeft, Is.False);
    }

    [Test]
    public void A_long_pause_saves_up_no_more()
    {
        SpareTime spare = new(_time);
        _time.Advance(TimeSpan.FromHours(1));
        Work(spare, TimeSpan.FromMilliseconds(11));
        Assert.That(spare.IsLeft, Is.False);
    }

    private void Work(SpareTime spare, TimeSpan length)
    {
        long begun = spare.Begin();
        _time.Advance(length);
        spare.Took(begun);
    }
}
