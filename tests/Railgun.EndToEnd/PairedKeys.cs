using Railgun.Try.Processes;

namespace Railgun.EndToEnd;

/// <summary>Two state directories that trust each other, made once by the programs' own commands and copied for each test.</summary>
[SetUpFixture]
internal sealed class PairedKeys
{
    private static string Folder { get; set; } = "";

    /// <summary>Makes the keys.</summary>
    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        Folder = Directory.CreateTempSubdirectory("railgun-keys-").FullName;
        TestContext.Progress.WriteLine($"Executables: {Executables.Listener}, {Executables.Sender}");
        await using var pair = new Pair(Folder);
        await pair.TrustEachOtherAsync();
    }

    /// <summary>Removes them.</summary>
    [OneTimeTearDown]
    public void Remove() => Directory.Delete(Folder, recursive: true);

    /// <summary>Copies both state directories below a folder.</summary>
    public static void CopyTo(string folder)
    {
        foreach (string state in Directory.EnumerateDirectories(Folder))
        {
            string copy = Path.Combine(folder, Path.GetFileName(state));
            Directory.CreateDirectory(copy, File.GetUnixFileMode(state));
            foreach (string file in Directory.EnumerateFiles(state))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }
    }
}
