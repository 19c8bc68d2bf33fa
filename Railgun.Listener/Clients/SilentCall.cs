namespace Railgun.Listener.Clients;

/// <summary>One call's place among those that no origin has shown to be gRPC yet.</summary>
/// <param name="calls">Where it has it.</param>
/// <param name="place">Where the call came from.</param>
internal sealed class SilentCall(SilentCalls calls, ulong place)
{
    private int _left;

    /// <summary>Gives the place back, once: the origin has answered as to a gRPC call, or the request is over.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            calls.Leave(place);
        }
    }
}
