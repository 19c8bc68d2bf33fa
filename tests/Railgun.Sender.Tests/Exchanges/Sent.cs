using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>One thing that the sender did with an exchange.</summary>
internal sealed record Sent(SentKind Kind)
{
    public ResponseHead? Head { get; init; }

    public BodyCoding Coding { get; init; }

    public bool EndsAtHead { get; init; }

    public byte[] Bytes { get; init; } = [];

    public int TargetLength { get; init; }

    public ulong Check { get; init; }

    public VersionName Version { get; init; }

    public FieldList? Trailers { get; init; }

    public Fault? Fault { get; init; }
}
