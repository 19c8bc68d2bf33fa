namespace Railgun.Protocol.Transport;

/// <summary>Hears of lanes; one place logs and counts. Calls come from any thread and must not block.</summary>
internal interface ILinkObserver
{
    /// <summary>A lane is open.</summary>
    void LaneUp(in LaneReport report);

    /// <summary>An open lane has ended.</summary>
    void LaneDown(in LaneReport report);

    /// <summary>A peer was refused, by this side or by the other; the remedy says what to run where.</summary>
    void PeerRefused(in LaneReport report);

    /// <summary>A connection could not be made: no answer, no TLS, wrong protocol.</summary>
    void ConnectFailed(in LaneReport report);

    /// <summary>The kernel does not give connections the congestion control that was asked for. Told once.</summary>
    void CongestionRefused(string wanted, string cause);
}
