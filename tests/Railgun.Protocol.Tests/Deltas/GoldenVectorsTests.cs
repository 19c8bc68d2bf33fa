using System.Diagnostics;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>
/// Golden vectors of both levels (Vectors/fast.tsv, Vectors/dense.tsv: name, first base, second base, target, delta; hex, or how they are made), and the decoders in Python
/// that were written from DELTA_FORMAT.md alone. The name tells where the target was cut into segments.
/// </summary>
internal sealed class GoldenVectorsTests
{
    private static readonly string Folder = FindFolder();

    private static IEnumerable<TestCaseData> Vectors() =>
        Enum.GetValues<DeltaLevel>().SelectMany(level => File.ReadLines(FileOf(level, "{0}.tsv")).Select(line => line.Split('\t')).Select(fields => CaseOf(level, fields)));

    [TestCaseSource(nameof(Vectors))]
    public void A_golden_vector_is_decoded(DeltaLevel level, int[] cuts, byte[] first, byte[] second, byte[] target, byte[] delta)
    {
        Assert.That(Coding.Decode(level, first, second, delta, out byte[] decoded), Is.EqualTo(DeltaStatus.End));
        Assert.That(decoded, Is.EqualTo(target));
        Assert.That(cuts.Sum(), Is.LessThanOrEqualTo(target.Length));
    }

    [TestCaseSource(nameof(Vectors))]
    public void A_golden_vector_is_what_is_encoded(DeltaLevel level, int[] cuts, byte[] first, byte[] second, byte[] target, byte[] delta) =>
        Assert.That(Convert.ToHexString(Coding.Encode(level, first, target, second, cuts)), Is.EqualTo(Convert.ToHexString(delta)));

    [Test]
    public void A_decoder_written_from_the_page_alone_agrees([Values] DeltaLevel level)
    {
        using Process? python = StartPython(level);
        if (python is null)
        {
            Assert.Ignore("There is no python3 to run the decoders of Vectors with.");
            return;
        }

        string wrong = python.StandardOutput.ReadToEnd() + python.StandardError.ReadToEnd();
        python.WaitForExit();
        Assert.That((wrong, python.ExitCode), Is.EqualTo(("", 0)));
    }

    private static TestCaseData CaseOf(DeltaLevel level, string[] fields)
    {
        byte[] first = MadeBytes.Of(fields[1], []);
        return new TestCaseData(level, Cuts(fields[0]), first, MadeBytes.Of(fields[2], first), MadeBytes.Of(fields[3], first), MadeBytes.Of(fields[4], first))
            .SetArgDisplayNames(level.ToString(), fields[0]);
    }

    private static Process? StartPython(DeltaLevel level)
    {
        string page = Path.Combine(Folder, "../../../../Railgun.Protocol/DELTA_FORMAT.md");
        var start = new ProcessStartInfo("python3", [FileOf(level, "{0}_decoder.py"), FileOf(level, "{0}.tsv"), page])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static int[] Cuts(string name)
    {
        int at = name.IndexOf("(cut ", StringComparison.Ordinal);
        return at < 0 ? [] : [.. name[(at + 5)..^1].Split(' ').Select(cut => int.Parse(cut, System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static string FileOf(DeltaLevel level, string name) =>
        Path.Combine(Folder, string.Format(System.Globalization.CultureInfo.InvariantCulture, name, level.ToString().ToLowerInvariant()));

    private static string FindFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Vectors");
}
