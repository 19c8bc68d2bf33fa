using Railgun.Protocol.Heads;

namespace Railgun.Listener.Clients.Compression;

/// <summary>
/// What compressing for clients changes in the heads of both directions (ARCHITECTURE.md, "Who recodes a body"). Steps 1 and 9.
/// </summary>
internal static class CompressionFields
{
    /// <summary>Makes the request's conditions such that the origin compares them as the client means them.</summary>
    public static void RestoreConditions(FieldList request)
    {
        // If-None-Match compares weakly: the weakened tag still matches. If-Range compares strongly: the weakened tag never matches, and
        // that is right, for the client's part is one of the compressed body. So only If-Match has to change.
        if (request.Contains("If-Match"))
        {
            IEnumerable<string> lines = request.Where(static field => field.Name.Equals("If-Match", StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value);
            request.Set("If-Match", EntityTag.Strengthen(string.Join(", ", lines)));
        }
    }

    /// <summary>Changes a response's head by <paramref name="decision"/>.</summary>
    public static void Apply(CompressionDecision decision, FieldList response)
    {
        if (decision.Varies)
        {
            AddVary(response);
        }

        if (decision.Coding == ClientCoding.Identity)
        {
            return;
        }

        response.Remove("Content-Length");
        response.Remove("Accept-Ranges");
        response.Add("Content-Encoding", Name(decision.Coding));
        if (response.First("ETag") is { } tag && EntityTag.IsStrong(tag))
        {
            response.Set("ETag", EntityTag.Weaken(tag));
        }
    }

    /// <summary>Gives a 304 the tag and <c>Vary</c> that the client's stored response has, where that one was compressed here.</summary>
    public static void ApplyToNotModified(FieldList request, FieldList response)
    {
        if (response.First("ETag") is { } tag && EntityTag.IsStrong(tag)
            && request.First("If-None-Match") is { } held && EntityTag.HeldWeakly(held, tag))
        {
            response.Set("ETag", EntityTag.Weaken(tag));
            AddVary(response);
        }
    }

    /// <summary>The coding's name in <c>Content-Encoding</c>.</summary>
    public static string Name(ClientCoding coding) => coding switch
    {
        ClientCoding.Gzip => "gzip",
        ClientCoding.Zstd => "zstd",
        ClientCoding.Brotli => "br",
        _ => "identity",
    };

    private static void AddVary(FieldList response)
    {
        foreach (HeadField field in response)
        {
            if (field.Name.Equals("Vary", StringComparison.OrdinalIgnoreCase)
                && (field.Value.Contains("Accept-Encoding", StringComparison.OrdinalIgnoreCase) || field.Value.Trim() == "*"))
            {
                return;
            }
        }

        response.Add("Vary", "Accept-Encoding");
    }
}
