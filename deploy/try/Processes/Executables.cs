namespace Railgun.Try.Processes;

/// <summary>Where the two programs are: in the folder that <c>RAILGUNBIN</c> names, else what this checkout's build made.</summary>
internal static class Executables
{
    /// <summary>The name of the environment variable; without the prefix of the programs' own settings, which they would ask about.</summary>
    public const string Variable = "RAILGUNBIN";

    /// <summary>The path of <c>railgun-listener</c>.</summary>
    public static string Listener => Find("Railgun.Listener", "railgun-listener");

    /// <summary>The path of <c>railgun-sender</c>.</summary>
    public static string Sender => Find("Railgun.Sender", "railgun-sender");

    /// <summary>The folder that holds Railgun.sln, found upwards from this program.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Railgun.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new FileNotFoundException($"No Railgun.sln above {AppContext.BaseDirectory}; set {Variable}.");
        }
    }

    private static string Find(string project, string name)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        string path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? Path.GetFullPath(Path.Combine(folder, file))
            : Path.Combine(Root, project, "bin", Configuration, "net10.0", file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there: build first, or set {Variable}.");
    }

    // bin/Release/net10.0 or bin/Debug/net10.0: the programs are built beside us in the same way.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
