using Microsoft.Extensions.Primitives;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// Who asks, where routes may have changed the credentials. A transform that adds a key of the site's own makes all anonymous clients look like one user; one that puts it
/// in place of the users' makes all users look like one. The sender sees only what the transform left, but it codes only against what is offered: so it is enough that
/// the listener keeps them apart. Step 2 of a request's life.
/// </summary>
/// <param name="Principal">Who may share versions with this client.</param>
/// <param name="IsShared">Whether that is everybody who has no credentials of their own: then what must not be shared among anonymous clients is not kept.</param>
/// <param name="IsApart">Whether it may be one with clients to the sender from whom it is kept apart here.</param>
internal readonly record struct AskingClient(Principal Principal, bool IsShared, bool IsApart)
{
    /// <summary>Finds out.</summary>
    /// <param name="head">The request as it goes to the sender.</param>
    /// <param name="client">The client's own fields.</param>
    /// <param name="rules">What counts as credentials.</param>
    public static AskingClient Of(RequestHead head, IHeaderDictionary client, CredentialRules rules)
    {
        Principal told = rules.Identify(head);
        if (told.IsAnonymous || AreOwn(head, client, rules))
        {
            return new AskingClient(told, IsShared: false, IsApart: false);
        }

        Principal own = rules.Identify(HeadOf(head, client));
        return own.IsAnonymous ? new AskingClient(told, IsShared: true, IsApart: true)
            : own == told ? new AskingClient(told, IsShared: false, IsApart: false)
            : new AskingClient(told.And(own), IsShared: false, IsApart: true);
    }

    private static bool AreOwn(RequestHead head, IHeaderDictionary client, CredentialRules rules)
    {
        foreach (HeadField field in head.Fields)
        {
            if (rules.IsCredential(field.Name) && !IsOf(client, field))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOf(IHeaderDictionary client, HeadField field)
    {
        client.TryGetValue(field.Name, out StringValues values);
        foreach (string? value in values)
        {
            if (value == field.Value)
            {
                return true;
            }
        }

        return false;
    }

    private static RequestHead HeadOf(RequestHead head, IHeaderDictionary client)
    {
        var own = new RequestHead { Method = head.Method, Scheme = head.Scheme, Authority = head.Authority, Target = head.Target };
        foreach (KeyValuePair<string, StringValues> field in client)
        {
            foreach (string? value in field.Value)
            {
                own.Fields.Add(field.Key, value ?? "");
            }
        }

        return own;
    }
}
