namespace Railgun.Architecture.Tests;

/// <summary>The checkout that these tests were built from: its root, its C# files, its projects.</summary>
internal static class Checkout
{
    private static readonly string[] Generated = ["bin", "obj", "out", "TestResults"];

    private static readonly string[] Tops = ["Railgun.Protocol", "Railgun.Listener", "Railgun.Sender", "deploy", "tests"];

    /// <summary>The folder that holds Railgun.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file that people wrote.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files("*.cs").Select(path => new SourceFile(path, File.ReadAllText(System.IO.Path.Combine(Root, path))))];

    /// <summary>The files of the two programs and what they share: all but tests and the demonstration.</summary>
    public static IEnumerable<SourceFile> Product => Sources.Where(f => !f.IsIn("tests", "deploy"));

    /// <summary>The paths of files by pattern, from the root, with slashes, in order.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        from top in Tops
        let folder = System.IO.Path.Combine(Root, top)
        where Directory.Exists(folder)
        from file in Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(Generated.Contains)
        orderby path
        select path;

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Railgun.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Railgun.sln above {AppContext.BaseDirectory}.");
    }
}
