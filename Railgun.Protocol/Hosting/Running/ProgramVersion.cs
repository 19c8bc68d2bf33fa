using System.Reflection;

namespace Railgun.Hosting.Running;

/// <summary>The version of the program that runs.</summary>
internal static class ProgramVersion
{
    /// <summary>As built, such as <c>0.1.0</c>; with the commit where the build knew it.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
