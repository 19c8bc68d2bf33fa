namespace Railgun.Protocol.Heads;

/// <summary>
/// How likely each byte of a text is taken to be. Fixed, never learnt: a code that learnt from texts would let whoever sends some of them guess at the others by length
/// (WIRE_FORMAT.md, Security). Shares sum up to <see cref="Total"/>.
/// </summary>
internal sealed class Alphabet
{
    private const int Symbols = 256;
    private const int MaxLength = 14;

    private readonly ushort[] _starts = new ushort[Symbols + 1];
    private readonly byte[] _symbols;
    private readonly byte[] _costs = new byte[Symbols];

    private Alphabet(Func<int, int> share)
    {
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            _starts[symbol + 1] = (ushort)(_starts[symbol] + share(symbol));
        }

        _symbols = new byte[Total];
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            _symbols.AsSpan(_starts[symbol], (int)Share((byte)symbol)).Fill((byte)symbol);
            _costs[symbol] = (byte)Math.Round(8 * Math.Log2((double)Total / Share((byte)symbol)));
        }
    }

    /// <summary>Any text: the lengths of HPACK's Huffman code, made from large samples of heads (RFC 7541, appendix B), as shares.</summary>
    public static Alphabet Text { get; } = new(symbol => Math.Max(1, (1 << MaxLength) >> HuffmanLengths.Of((byte)symbol)));

    /// <summary>Digests and other numbers to the base 16.</summary>
    public static Alphabet Hex { get; } = new(symbol => ShareOf(symbol, "0123456789abcdef", 960, "\"-:/.W", 64));

    /// <summary>Tokens to the base 64.</summary>
    public static Alphabet Base64 { get; } = new(
        symbol => ShareOf(symbol, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 240, "+/-_=\".:", 96));

    /// <summary>That of a form of text.</summary>
    public static Alphabet Of(ValueForm form) => form switch
    {
        ValueForm.Hex => Hex,
        ValueForm.Base64 => Base64,
        _ => Text,
    };

    /// <summary>The sum of all shares, at most 2^16.</summary>
    public uint Total => _starts[Symbols];

    /// <summary>The sum of the shares before this byte's.</summary>
    public uint Start(byte symbol) => _starts[symbol];

    /// <summary>The share of a byte, 1 or more.</summary>
    public uint Share(byte symbol) => (uint)(_starts[symbol + 1] - _starts[symbol]);

    /// <summary>The byte whose part of the sum <paramref name="at"/> lies in.</summary>
    public byte At(uint at) => _symbols[at];

    /// <summary>About what a text costs, in eighths of a bit.</summary>
    public int Cost(ReadOnlySpan<char> text)
    {
        int cost = 0;
        foreach (char symbol in text)
        {
            cost += _costs[(byte)symbol];
        }

        return cost;
    }

    private static int ShareOf(int symbol, string main, int mainShare, string side, int sideShare) =>
        main.Contains((char)symbol, StringComparison.Ordinal) ? mainShare : side.Contains((char)symbol, StringComparison.Ordinal) ? sideShare : 1;
}
