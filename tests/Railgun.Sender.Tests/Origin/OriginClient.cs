namespace Railgun.Sender.Tests.Origin;

/// <summary>Which of the two clients asks.</summary>
public enum OriginClient
{
    /// <summary>The one for HTTP/1.1.</summary>
    Own,

    /// <summary>The platform's, which serves HTTP/2 and knows HTTP/1.1 as well.</summary>
    Platform,
}
