namespace Railgun.Hosting.Admin;

/// <summary>Whether requests can be answered, and why.</summary>
/// <param name="Ready">Whether.</param>
/// <param name="Reason">Why, in words.</param>
internal readonly record struct Readiness(bool Ready, string Reason)
{
    /// <summary>Decides; depends on nothing but its arguments.</summary>
    /// <param name="started">Whether the daemon has opened what it listens on.</param>
    /// <param name="draining">Whether it is stopping.</param>
    /// <param name="liveLane">Whether a link has a live lane.</param>
    /// <param name="fallback">Whether requests are answered without a link.</param>
    public static Readiness Decide(bool started, bool draining, bool liveLane, bool fallback) => (started, draining, liveLane, fallback) switch
    {
        (_, true, _, _) => new(false, "draining"),
        (false, _, _, _) => new(false, "starting"),
        (_, _, true, _) => new(true, "a lane is live"),
        (_, _, _, true) => new(true, "no lane, but a direct origin"),
        _ => new(false, "no live lane"),
    };
}
