using System.Reflection;

namespace Railgun.Hosting.Running;

/// <summary>The version of the program that runs.</summary>
internal static class ProgramVersion
{
    private const int CommitDigits = 8;

    /// <summary>As built, such as <c>0.1.0</c>; with the first digits of the commit where the build knew it, such as <c>0.1.0+700148bd</c>.</summary>
    public static string Text { get; } =
        Shorten(typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    private static string Shorten(string version)
    {
        int plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 || version.Length <= plus + 1 + CommitDigits ? version : version[..(plus + 1 + CommitDigits)];
    }
}
