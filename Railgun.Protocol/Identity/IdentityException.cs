namespace Railgun.Protocol.Identity;

/// <summary>This node's identity can't be read or made. The message says where and what to do.</summary>
internal sealed class IdentityException : Exception
{
    /// <summary>Makes one.</summary>
    public IdentityException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
