namespace Railgun.Listener.Clients;

/// <summary>One of the places of <see cref="SwitchedConnections"/>, given back once: at the end, or as soon as an answer begins that switches nothing. Thread-safe.</summary>
/// <param name="all">The places.</param>
internal sealed class SwitchedPlace(SwitchedConnections all)
{
    private int _left;

    /// <summary>Holds the place for <paramref name="http"/> until it <see cref="Leave"/>s or the answer is no switch.</summary>
    public void HoldFor(HttpContext http) => http.Response.OnStarting(
        static state =>
        {
            (HttpContext http, SwitchedPlace place) = ((HttpContext, SwitchedPlace))state;
            if (!SwitchedConnections.Has(http))
            {
                place.Leave();
            }

            return Task.CompletedTask;
        },
        (http, this));

    /// <summary>Gives it back, if that is not done.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            all.Leave();
        }
    }
}
