namespace Railgun.Protocol.Engine;

/// <summary>How far <see cref="StreamWriter.Write"/> came.</summary>
internal enum StreamWriteResult
{
    /// <summary>The queue is empty.</summary>
    Empty,

    /// <summary>The turn is over; there is more.</summary>
    MoreLeft,

    /// <summary>The stream has no credit.</summary>
    StreamBlocked,

    /// <summary>The lane has no credit.</summary>
    LaneBlocked,
}
