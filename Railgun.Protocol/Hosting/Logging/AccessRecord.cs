using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Hosting.Logging;

/// <summary>One exchange that has ended, for the access log and the metrics.</summary>
internal readonly struct AccessRecord
{
    /// <summary>The exchange's number within its link: the same in both sides' logs.</summary>
    public required ulong Id { get; init; }

    /// <summary>The peer whose link carried it; null where none did.</summary>
    public required string? Peer { get; init; }

    /// <summary>The client's address, at the listener; null at the sender.</summary>
    public string? Client { get; init; }

    /// <summary>The request's method.</summary>
    public required string Method { get; init; }

    /// <summary>The request's authority.</summary>
    public required string Authority { get; init; }

    /// <summary>The request's raw target.</summary>
    public required string Target { get; init; }

    /// <summary>The status that went out; 0 if none did.</summary>
    public required int Status { get; init; }

    /// <summary>Bytes of the response's body before any coding of the link's or for the client.</summary>
    public required long BodyBytes { get; init; }

    /// <summary>Bytes of the exchange's frames towards the sender, before TLS.</summary>
    public long LinkUp { get; init; }

    /// <summary>Bytes of the exchange's frames towards the listener, before TLS.</summary>
    public long LinkDown { get; init; }

    /// <summary>How the body was coded on the link.</summary>
    public Codec Codec { get; init; }

    /// <summary>The version that the delta was made against; default if none.</summary>
    public VersionName Base { get; init; }

    /// <summary>Why there was no base: one short stable word or two joined by '-'; null if there was one. At most 32 of a-z, 0-9 and '-'.</summary>
    public string? NoBase { get; init; }

    /// <summary>From the request's head to the response's first byte; zero if none came.</summary>
    public TimeSpan FirstByte { get; init; }

    /// <summary>From the request's head to the response's end.</summary>
    public required TimeSpan LastByte { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Fault? Fault { get; init; }
}
