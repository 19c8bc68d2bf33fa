namespace Railgun.Sender.Origin.Http1;

/// <summary>What every question to one origin shares.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Options">How patient to be.</param>
/// <param name="Fault">Finds the words for failures.</param>
/// <param name="Pool">The connections.</param>
/// <param name="Time">The clock.</param>
internal sealed record Http1Tools(OriginAddress Address, OriginOptions Options, OriginFault Fault, ConnectionPool Pool, TimeProvider Time);
