using Railgun.Protocol.Engine;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// The body breaks off. It is an exception, for that is all that a <see cref="Stream"/>'s reader understands; the proxy then breaks the
/// client's response, which is the only right answer once its head is out.
/// </summary>
/// <param name="fault">Why.</param>
internal sealed class BrokenBodyException(Fault fault) : IOException($"The response breaks off at the {fault.Stage}: {fault.Reason}")
{
    /// <summary>Why.</summary>
    public Fault Fault { get; } = fault;
}
