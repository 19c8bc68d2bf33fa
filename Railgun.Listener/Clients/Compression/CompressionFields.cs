using Railgun.Protocol.Heads;

namespace Railgun.Listener.Clients.Compression;

/// <summary>
/// What compressing for clients changes in the heads of both directions (ARCHITECTURE.md, "Who recodes a body"). Steps 1 and 9.
/// </summary>
internal static class CompressionFields
{
    /// <summary>
    /// Makes the request's conditions such that the origin compares them as the client means them: tags that were weakened on the link's sides are what the origin
    /// gave again. <c>If-Range</c> stays: a weakened tag never matches there, and that is right, for the client's part is one of a body coded otherwise.
    /// </summary>
    public static void RestoreConditions(FieldList request)
    {
        Restore(request, "If-Match");
        Restore(request, "If-None-Match");
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
        if (response.First("ETag") is { } tag)
        {
            response.Set("ETag", WeakenedTag.Weaken(tag));
        }
    }

    /// <summary>Gives a 304 the tag and <c>Vary</c> that the client's stored response has, where that one was coded otherwise than by the origin.</summary>
    /// <param name="held">The client's own <c>If-None-Match</c>, all lines; null where there is none.</param>
    /// <param name="response">The 304.</param>
    public static void ApplyToNotModified(string? held, FieldList response)
    {
        if (held is not null && response.First("ETag") is { } tag && WeakenedTag.IsIn(held, tag))
        {
            response.Set("ETag", WeakenedTag.Weaken(tag));
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

    private static void Restore(FieldList request, string name)
    {
        if (HoldsWeakened(request, name))
        {
            request.Set(name, WeakenedTag.Restore(string.Join(", ", request.Where(field => Is(field, name)).Select(static field => field.Value))));
        }
    }

    private static bool HoldsWeakened(FieldList request, string name)
    {
        foreach (HeadField field in request)
        {
            if (Is(field, name) && WeakenedTag.IsIn(field.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(HeadField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void AddVary(FieldList response)
    {
        foreach (HeadField field in response)
        {
            if (Is(field, "Vary")
                && (field.Value.Contains("Accept-Encoding", StringComparison.OrdinalIgnoreCase) || field.Value.Trim() == "*"))
            {
                return;
            }
        }

        response.Add("Vary", "Accept-Encoding");
    }
}
