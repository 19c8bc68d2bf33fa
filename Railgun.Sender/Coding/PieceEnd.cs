namespace Railgun.Sender.Coding;

/// <summary>Why a piece of the body ends where it does.</summary>
internal enum PieceEnd
{
    /// <summary>It is as long as asked for; more may follow at once.</summary>
    Full,

    /// <summary>The origin has paused: what is held back goes out.</summary>
    Pause,

    /// <summary>The body ends.</summary>
    Body,

    /// <summary>The body broke off.</summary>
    Failed,
}
