using System.Diagnostics.Metrics;

namespace Railgun.Listener.Rebuilding;

/// <summary>Tells of bodies that did not prove right and were asked for in full: no harm to clients, but a sign that something is wrong. Thread-safe.</summary>
internal sealed partial class ProofFailures
{
    private readonly ILogger<ProofFailures> _logger;
    private readonly Counter<long> _count;

    /// <summary>Makes the counter <c>railgun.proof.failures</c>.</summary>
    public ProofFailures(ILogger<ProofFailures> logger, IMeterFactory meters)
    {
        _logger = logger;
        _count = meters.Create("Railgun.Listener").CreateCounter<long>(
            "railgun.proof.failures", "{body}", "Bodies of which a segment did not prove right or could not be decoded, so that the rest came in full.");
    }

    /// <summary>One body failed.</summary>
    /// <param name="exchange">Its exchange.</param>
    /// <param name="offset">Up to where it had proved right, in bytes of the target.</param>
    public void Note(ulong exchange, long offset)
    {
        _count.Add(1);
        LogFailure(exchange, offset);
    }

    [LoggerMessage(20, LogLevel.Warning, "The body of exchange {Exchange} did not prove right behind {Offset} bytes: the rest is asked for in full")]
    private partial void LogFailure(ulong exchange, long offset);
}
