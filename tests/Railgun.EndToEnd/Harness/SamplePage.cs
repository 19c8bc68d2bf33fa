using System.Globalization;
using System.Text;

namespace Railgun.EndToEnd.Harness;

/// <summary>Pages that change a little from one version to the next; the same arguments give the same bytes.</summary>
internal static class SamplePage
{
    /// <summary>Rows of a page unless another number is asked for: about 20 KB.</summary>
    public const int UsualRows = 100;

    /// <summary>One version of a page.</summary>
    /// <param name="name">Which page: pages of different names share their template alone.</param>
    /// <param name="version">Which version.</param>
    /// <param name="rows">How long: about 200 bytes a row.</param>
    public static byte[] Make(string name, int version, int rows = UsualRows)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html><head><title>{name}</title><meta name=\"nonce\" content=\"{Token(name, version, 0)}\"></head><body>\n");
        for (int row = 0; row < rows; row++)
        {
            // One row in ten is new in each version.
            int changed = Math.Max(0, version - ((version - (row % 10) + 10) % 10));
            page.Append(CultureInfo.InvariantCulture,
                $"<article id=\"{name}-{row}\"><h2>{Token(name, 0, row)}</h2><p>Row {row} of this page was last seen at {Token(name, changed, row)} by somebody who did not wait.</p></article>\n");
        }

        return Encoding.UTF8.GetBytes(page.Append("</body></html>\n").ToString());
    }

    /// <summary>Bytes without any pattern.</summary>
    public static byte[] Noise(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Token(string name, int version, int row) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{name}/{version}/{row}")).AsSpan(0, 16));
}
