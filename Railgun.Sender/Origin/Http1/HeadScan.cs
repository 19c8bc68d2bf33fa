namespace Railgun.Sender.Origin.Http1;

/// <summary>What a look for the end of a head found.</summary>
internal enum HeadScan
{
    /// <summary>The empty line has not come yet.</summary>
    More,

    /// <summary>The head is complete.</summary>
    Done,

    /// <summary>The bytes are not those of a head; <see cref="HeadScanner.Problem"/> says why.</summary>
    Refused,
}
