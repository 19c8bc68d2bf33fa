namespace Railgun.Listener.Clients;

/// <summary>What a look at the beginning of a connection found.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>Not all of it has come.</summary>
    More,

    /// <summary>It is complete.</summary>
    Done,

    /// <summary>It is none.</summary>
    Refused,
}
