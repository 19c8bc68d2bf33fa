using Railgun.Hosting.Logging;
using Railgun.Listener.Senders;
using Railgun.Protocol.Identity;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Startup;

/// <summary>What the web application uses and does not own.</summary>
/// <param name="Access">The access log.</param>
/// <param name="Senders">Who is connected.</param>
/// <param name="Store">The versions.</param>
/// <param name="Peers">Whom this listener trusts.</param>
/// <param name="Routes">The operator's routes; null if there are none.</param>
internal sealed record ListenerParts(AccessLog Access, ISenders Senders, VersionStore Store, TrustedPeers Peers, RoutesSection? Routes);
