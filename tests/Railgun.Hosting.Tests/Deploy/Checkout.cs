namespace Railgun.Hosting.Tests.Deploy;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds Railgun.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Railgun.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Railgun.sln above {AppContext.BaseDirectory}.");
    }
}
