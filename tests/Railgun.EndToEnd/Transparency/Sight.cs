using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ZstdSharp;

namespace Railgun.EndToEnd.Transparency;

/// <summary>All that a client saw of one case, as lines that can be held against each other.</summary>
internal sealed class Sight
{
    private const string EchoType = "application/x-echo";

    /// <summary>The lines.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Adds a line.</summary>
    public Sight Add(string line)
    {
        Lines.Add(line);
        return this;
    }

    /// <summary>Adds fields: the values of one name in their order, names without their case.</summary>
    public void AddFields(string what, IEnumerable<(string Name, string Value)> fields)
    {
        foreach (IGrouping<string, string> group in fields.GroupBy(f => f.Name.ToLowerInvariant(), f => f.Value))
        {
            int index = 0;
            foreach (string value in group)
            {
                Add($"{what} {group.Key}{(index == 0 ? "" : $"[{index}]")}: {(group.Key == "date" ? "(a date)" : value)}");
                index++;
            }
        }
    }

    /// <summary>Adds a body: what it is without its coding. An echo is opened, and its lines stand for themselves.</summary>
    public void AddBody(byte[] body, string? coding, string? type)
    {
        byte[] content = Decode(body, coding);
        if (type == EchoType)
        {
            Lines.RemoveAll(line => line.StartsWith("field content-length", StringComparison.Ordinal));
            Lines.AddRange(Encoding.Latin1.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return;
        }

        Add(Describe("content", content));
    }

    /// <summary>Bytes in a line: short ones as text, others by length and hash.</summary>
    public static string Describe(string what, ReadOnlySpan<byte> bytes) => bytes.Length <= 60
        ? $"{what}: {Encoding.Latin1.GetString(bytes).ReplaceLineEndings("|")}"
        : string.Create(CultureInfo.InvariantCulture, $"{what}: {bytes.Length} bytes {Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}");

    private static byte[] Decode(byte[] body, string? coding)
    {
        if (body.Length == 0)
        {
            return body;
        }

        using var packed = new MemoryStream(body);
        using Stream plain = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            "zstd" => new DecompressionStream(packed),
            _ => packed,
        };
        var content = new MemoryStream();
        try
        {
            plain.CopyTo(content);
        }
        catch (InvalidDataException)
        {
            // Part of a coded body, as a range has it: the bytes themselves are compared.
            return body;
        }

        return content.ToArray();
    }
}
