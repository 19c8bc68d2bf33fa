namespace Railgun.Listener.Clients;

/// <summary>Fields that mean something between listener and sender, or to the operator: from outside they are not believed.</summary>
internal static class ControlFields
{
    private const string Prefix = "Railgun";

    /// <summary>Whether the name is <c>Railgun</c> or begins with <c>Railgun-</c>, or with <c>Railgun_</c>, which is the same to CGI and what came of it.</summary>
    public static bool Is(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == Prefix.Length || name[Prefix.Length] is '-' or '_');
}
