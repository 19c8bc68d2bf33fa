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
}
