namespace Railgun.Sender.Origin.Http1;

/// <summary>All connections that the origin may have are in use.</summary>
internal sealed class PoolExhaustedException : Exception
{
    /// <summary>Says so.</summary>
    public PoolExhaustedException()
        : base("all connections to the origin are in use")
    {
    }
}
