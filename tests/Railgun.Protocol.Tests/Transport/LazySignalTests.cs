using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

[CancelAfter(60_000)]
internal sealed class LazySignalTests
{
    private LazySignal _signal;

    [SetUp]
    public void Begin() => _signal = default;

    [Test]
    public async Task A_signal_given_before_anybody_waits_is_kept_once()
    {
        _signal.Set();
        _signal.Set();
        Assert.That(_signal.WaitAsync().AsTask().IsCompletedSuccessfully, Is.True);
        Task second = _signal.WaitAsync().AsTask();
        Assert.That(second.IsCompleted, Is.False);
        _signal.Set();
        await second;
    }

    [Test]
    public void A_wait_can_be_cancelled()
    {
        using var gone = new CancellationTokenSource();
        Task waits = _signal.WaitAsync(gone.Token).AsTask();
        gone.Cancel();
        Assert.ThrowsAsync<OperationCanceledException>(() => waits);
    }

    [Test]
    public async Task A_recycled_signal_serves_another_and_who_still_holds_it_wakes_that_for_nothing_at_most()
    {
        Task first = _signal.WaitAsync().AsTask();
        _signal.Set();
        await first;
        _signal.Recycle();
        _signal.Set();
        LazySignal second = default;
        Task waits = second.WaitAsync().AsTask();
        second.Set();
        await waits;
        Assert.That(_signal.WaitAsync().AsTask().IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public void A_recycled_signal_can_be_waited_for_again()
    {
        _signal.Recycle();
        Assert.That(_signal.WaitAsync().AsTask().IsCompletedSuccessfully, Is.True);
        Task again = _signal.WaitAsync().AsTask();
        Assert.That(again.IsCompleted, Is.False);
        _signal.Set();
        Assert.DoesNotThrowAsync(() => again);
    }

    [Test]
    public async Task Exchanges_that_share_signals_lose_none()
    {
        const int Rounds = 2_000;
        async Task RunAsync()
        {
            for (int i = 0; i < Rounds; i++)
            {
                var place = new Place();
                Task setter = Task.Run(place.Give);
                await place.TakeAsync();
                place.Signal.Recycle();
                await setter;
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(RunAsync))).WaitAsync(TimeSpan.FromSeconds(50));
    }

    [Test]
    public async Task No_signal_is_lost_between_two_threads()
    {
        const int Rounds = 20_000;
        int given = 0;
        int taken = 0;
        Task waiter = Task.Run(async () =>
        {
            while (Volatile.Read(ref taken) < Rounds)
            {
                await _signal.WaitAsync();
                Volatile.Write(ref taken, Volatile.Read(ref given));
            }
        });
        Task setter = Task.Run(() =>
        {
            for (int i = 1; i <= Rounds; i++)
            {
                Volatile.Write(ref given, i);
                _signal.Set();
            }
        });
        await Task.WhenAll(waiter, setter).WaitAsync(TimeSpan.FromSeconds(50));
        Assert.That(taken, Is.EqualTo(Rounds));
    }

    /// <summary>What a reader waits for, and looks at again whenever it wakes.</summary>
    private sealed class Place
    {
        public LazySignal Signal;
        private bool _given;

        public void Give()
        {
            Volatile.Write(ref _given, true);
            Signal.Set();
        }

        public async Task TakeAsync()
        {
            while (!Volatile.Read(ref _given))
            {
                await Signal.WaitAsync();
            }
        }
    }
}
