namespace Railgun.Hosting.Admin;

/// <summary>What <c>/status</c> says. Field names are stable.</summary>
/// <param name="Program">railgun-listener or railgun-sender.</param>
/// <param name="Version">Of the program.</param>
/// <param name="Fingerprint">This node's key, in text form.</param>
/// <param name="Started">When it started.</param>
/// <param name="UptimeSeconds">For how long it has run.</param>
/// <param name="Ready">What <c>/ready</c> says.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Peers">Every trusted peer.</param>
/// <param name="Stores">Every store of versions.</param>
/// <param name="Exchanges">Sums since the start.</param>
/// <param name="LastProblems">The last warnings and errors, oldest first.</param>
internal sealed record StatusReport(
    string Program,
    string Version,
    string Fingerprint,
    DateTimeOffset Started,
    double UptimeSeconds,
    bool Ready,
    string Reason,
    IReadOnlyList<PeerStatus> Peers,
    IReadOnlyList<StoreStatus> Stores,
    ExchangeStatus Exchanges,
    IReadOnlyList<ProblemStatus> LastProblems);
