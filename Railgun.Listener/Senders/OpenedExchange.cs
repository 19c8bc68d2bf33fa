using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;

namespace Railgun.Listener.Senders;

/// <summary>What asking for an exchange came to: one of the two is set.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="Fault">Why there is none: no lane came up in time, or too many wait.</param>
internal readonly record struct OpenedExchange(ListenerExchange? Exchange, Fault? Fault);
