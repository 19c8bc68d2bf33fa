using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>Two state directories that trust each other, made once by the programs' own commands and copied for each test.</summary>
[SetUpFixture]
internal sealed class PairedKeys
{
    private static readonly Lazy<Task<string>> Folder = new(MakeAsync);

    /// <summary>Copies both state directories below a folder.</summary>
    public static async Task CopyToAsync(string folder)
    {
        foreach (string state in Directory.EnumerateDirectories(await Folder.Value))
        {
            string copy = Path.Combine(folder, Path.GetFileName(state));
            Directory.CreateDirectory(copy, File.GetUnixFileMode(state));
            foreach (string file in Directory.EnumerateFiles(state))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }
    }

    /// <summary>Removes them.</summary>
    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        if (Folder.IsValueCreated)
        {
            Directory.Delete(await Folder.Value, recursive: true);
        }
    }

    private static async Task<string> MakeAsync()
    {
        TestContext.Progress.WriteLine($"Executables: {Executables.Listener}, {Executables.Sender}");
        string folder = Directory.CreateTempSubdirectory("railgun-keys-").FullName;
        await using var pair = new Pair(folder);
        await pair.TrustEachOtherAsync();
        return folder;
    }
}
