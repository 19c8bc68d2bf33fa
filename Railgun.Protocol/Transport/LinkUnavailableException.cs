using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Transport;

/// <summary>No lane could take the exchange: not one byte of the request has left.</summary>
internal sealed class LinkUnavailableException(Fault fault) : Exception(fault.Reason)
{
    /// <summary>Why; <see cref="Fault.RequestUnsent"/> is true.</summary>
    public Fault Fault { get; } = fault;
}
