namespace Railgun.Sender.Tests.Coding;

/// <summary>A clock whose timers fire when a test says so, whatever they are set to: as a timer does that was due when it was changed.</summary>
internal sealed class LateTimers : TimeProvider
{
    private Action? _fire;

    public void Fire() => _fire!();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _fire = () => callback(state);
        return new Unset();
    }

    private sealed class Unset : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
