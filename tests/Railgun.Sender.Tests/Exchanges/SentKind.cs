namespace Railgun.Sender.Tests.Exchanges;

/// <summary>What the sender did with an exchange.</summary>
internal enum SentKind
{
    Informational,
    Head,
    Data,
    Segment,
    Flush,
    Stored,
    End,
    Abort,
}
