namespace Railgun.Protocol.Engine;

/// <summary>How it stands with a fresh body at the listener.</summary>
internal enum FreshStatus
{
    /// <summary>It is stored here.</summary>
    Here,

    /// <summary>It is still being put together; a readable signal will come.</summary>
    Waits,

    /// <summary>It will not come.</summary>
    Gone,
}
