using Railgun.Protocol.Engine;
using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Listener.Forwarding;

/// <summary>Tells the proxy that an answer of ours stands for a failure, so that its passive health checks count it.</summary>
/// <param name="error">What failed, in the proxy's terms.</param>
internal sealed class RailgunForwarderError(ForwarderError error) : IForwarderErrorFeature
{
    /// <inheritdoc/>
    public ForwarderError Error => error;

    /// <inheritdoc/>
    public Exception? Exception => null;

    /// <summary>The proxy's term for <paramref name="fault"/>.</summary>
    public static RailgunForwarderError Of(Fault fault) => new(
        fault.Stage == Stage.Client ? ForwarderError.RequestBodyClient
        : fault.Code == ResetCode.TimedOut ? ForwarderError.RequestTimedOut
        : ForwarderError.Request);
}
