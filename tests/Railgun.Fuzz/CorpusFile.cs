using System.IO.Compression;

namespace Railgun.Fuzz;

/// <summary>The inputs of one target, grown and minimised, in one zip file: there are hundreds, most of them a few bytes long.</summary>
/// <param name="path">The file; made when something is written.</param>
internal sealed class CorpusFile(string path)
{
    private static readonly DateTimeOffset Time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All inputs, the shortest first; none where there is no file.</summary>
    public IReadOnlyList<byte[]> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using ZipArchive zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(Read)];
    }

    /// <summary>Writes these inputs and no others; the same inputs make the same file.</summary>
    public void Replace(IReadOnlyList<byte[]> inputs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using FileStream file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        for (int i = 0; i < inputs.Count; i++)
        {
            ZipArchiveEntry entry = zip.CreateEntry($"{i:D4}", CompressionLevel.SmallestSize);
            entry.LastWriteTime = Time;
            using Stream content = entry.Open();
            content.Write(inputs[i]);
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        var bytes = new byte[entry.Length];
        using Stream content = entry.Open();
        content.ReadExactly(bytes);
        return bytes;
    }
}
