namespace Railgun.Hosting.Admin;

/// <summary>What a daemon tells the admin endpoint. Called from any thread, at any time after the start.</summary>
internal interface IStatusSource
{
    /// <summary>Whether at least one link has a live lane.</summary>
    bool HasLiveLane { get; }

    /// <summary>Whether requests are answered without a link: a direct origin is configured. Never so for a sender.</summary>
    bool HasFallback { get; }

    /// <summary>The state of links and stores now.</summary>
    DaemonStatus GetStatus();
}
