namespace Railgun.Hosting.Running;

/// <summary>The daemon can't start. The message says why and what to do; no stack is shown.</summary>
internal sealed class StartupException : Exception
{
    /// <summary>Makes one.</summary>
    public StartupException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
