using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Railgun.Listener.Clients;

/// <summary>The fields that a client names in <c>Connection</c>: they are for this hop only (RFC 9110 section 7.6.1).</summary>
internal static class NominatedFields
{
    /// <summary>What a message can't do without, whatever the client says.</summary>
    private static readonly FrozenSet<string> Kept = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        HeaderNames.Host, HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Connection, HeaderNames.Upgrade);

    /// <summary>
    /// Removes them from a client's request. Before the routes add fields of their own, or a client could take those away too. Step 1 of a request's life.
    /// </summary>
    public static void Strip(IHeaderDictionary request)
    {
        // Kestrel puts a plain "close" or "keep-alive" in place of a list that has it; what else such a list names goes on. No client is known to send one.
        foreach (string? line in request.Connection)
        {
            foreach (string name in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!Kept.Contains(name))
                {
                    request.Remove(name);
                }
            }
        }
    }
}
