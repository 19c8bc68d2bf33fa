using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>Decides whether a response becomes a version, and for whom (design: decisions 9 and 10). When in doubt, for fewer.</summary>
internal static class SharingPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="request">The request, as the client sent it.</param>
    /// <param name="who">Who sent it, by <see cref="CredentialRules.Identify"/>.</param>
    /// <param name="response">The final response's head, as the body will be kept: without the content coding that was undone.</param>
    /// <param name="rules">The rules that <paramref name="who"/> comes from.</param>
    public static SharingDecision Decide(RequestHead request, Principal who, ResponseHead response, CredentialRules rules)
    {
        string? obstacle = Obstacle(request, response);
        if (obstacle is not null)
        {
            return Never(obstacle);
        }

        CacheDirectives directives = CacheDirectives.Of(response.Fields);
        if (directives.NoStore)
        {
            return Never(SharingReason.NoStore);
        }

        if (CacheDirectives.Of(request.Fields).NoStore)
        {
            return Never(SharingReason.NoStoreAsked);
        }

        if (rules.ShareAmongAllUsers)
        {
            return new SharingDecision(Sharing.Public, SharingReason.AllUsers);
        }

        // What another site made the browser ask for may hold its guesses; as a base it would tell later whether they were right.
        return who.IsAnonymous ? DecideAnonymous(request, response, directives, rules)
            : rules.MayBeProbed(request, response) ? Never(SharingReason.CrossSite)
            : new SharingDecision(Sharing.Principal, SharingReason.Principal);
    }

    private static SharingDecision DecideAnonymous(
        RequestHead request, ResponseHead response, CacheDirectives directives, CredentialRules rules)
    {
        if (directives.Private)
        {
            return Never(SharingReason.Private);
        }

        if (rules.SetsCredentials(response))
        {
            return Never(SharingReason.SetCookie);
        }

        if (VaryRules.MayTellUsersApart(request, response))
        {
            return Never(SharingReason.Varies);
        }

        if (directives.Public)
        {
            return new SharingDecision(Sharing.Public, SharingReason.Public);
        }

        if (MethodClasses.Of(request.Method) != MethodClass.Read)
        {
            return Never(SharingReason.Method);
        }

        return TargetSecrets.MayHold(request.Target)
            ? new SharingDecision(Sharing.PublicPage, SharingReason.PublicPage)
            : new SharingDecision(Sharing.Public, SharingReason.Public);
    }

    private static string? Obstacle(RequestHead request, ResponseHead response)
    {
        if (request.Protocol is not null || request.Method == "CONNECT" || response.Status == 101)
        {
            return SharingReason.Upgrade;
        }

        if (request.Method == "HEAD" || response.Status is < 200 or 204 or 205 or 304)
        {
            return SharingReason.NoBody;
        }

        return response.Status == 206 ? SharingReason.Partial : ObstacleInFields(response.Fields);
    }

    private static string? ObstacleInFields(FieldList fields)
    {
        foreach (HeadField field in fields)
        {
            if (field.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) && !IsIdentity(field.Value))
            {
                return SharingReason.Coded;
            }

            if (field.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && ObstacleInType(field.Value) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static bool IsIdentity(ReadOnlySpan<char> codings)
    {
        while (ListMembers.TryNext(ref codings, out ReadOnlySpan<char> coding))
        {
            if (!coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static string? ObstacleInType(ReadOnlySpan<char> type)
    {
        type = type.TrimStart(" \t");
        if (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            return SharingReason.EventStream;
        }

        return type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) ? SharingReason.Grpc : null;
    }

    private static SharingDecision Never(string reason) => new(Sharing.None, reason);
}
