using Microsoft.Extensions.Primitives;

namespace Railgun.Listener.Clients;

/// <summary>Fields that mean something between listener and sender, or to the operator: from outside they are not believed.</summary>
internal static class ControlFields
{
    private const string Prefix = "Railgun";

    /// <summary>Removes them from a client's request. Step 1 of a request's life.</summary>
    public static void Strip(IHeaderDictionary request)
    {
        List<string>? found = null;
        foreach (KeyValuePair<string, StringValues> field in request)
        {
            if (Is(field.Key))
            {
                (found ??= []).Add(field.Key);
            }
        }

        foreach (string name in found ?? [])
        {
            request.Remove(name);
        }
    }

    /// <summary>Whether the name is <c>Railgun</c> or begins with <c>Railgun-</c>, or with <c>Railgun_</c>, which is the same to CGI and what came of it.</summary>
    public static bool Is(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == Prefix.Length || name[Prefix.Length] is '-' or '_');
}
