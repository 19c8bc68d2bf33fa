namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// A prefix code for bytes, made of counts on both sides alike (DELTA_FORMAT.md, Codes of new bytes): Huffman's, no code longer than
/// <see cref="MaxBits"/>, canonical.
/// </summary>
internal sealed class PrefixCode
{
    /// <summary>The longest code.</summary>
    public const int MaxBits = 11;

    private readonly uint[] _order = new uint[256];
    private readonly uint[] _weights = new uint[512];
    private readonly ushort[] _parents = new ushort[512];
    private readonly byte[] _lengths = new byte[256];
    private readonly ushort[] _codes = new ushort[256];
    private readonly ushort[] _table = new ushort[1 << MaxBits];

    /// <summary>By byte: its code, to be written lowest bit first, above 4 bits of length.</summary>
    public ushort[] Codes => _codes;

    /// <summary>By the next <see cref="MaxBits"/> bits: the byte above 4 bits of length.</summary>
    public ushort[] Table => _table;

    /// <summary>Makes the code for these counts, 1 to 2^23 each, under 2^31 together.</summary>
    public void Make(ReadOnlySpan<int> counts)
    {
        for (int i = 0; i < 256; i++)
        {
            _order[i] = ((uint)counts[i] << 8) | (uint)i;
        }

        _order.AsSpan().Sort();
        Join();
        Shorten();
        Assign();
    }

    /// <summary>Huffman's tree by two queues: leaves in order of count, joined ones in order of their making; of equals the leaf goes first.</summary>
    private void Join()
    {
        for (int i = 0; i < 256; i++)
        {
            _weights[i] = _order[i] >> 8;
        }

        int leaf = 0;
        int joined = 256;
        for (int next = 256; next < 511; next++)
        {
            uint sum = 0;
            for (int i = 0; i < 2; i++)
            {
                int pick = leaf < 256 && (joined >= next || _weights[leaf] <= _weights[joined]) ? leaf++ : joined++;
                sum += _weights[pick];
                _parents[pick] = (ushort)next;
            }

            _weights[next] = sum;
        }
    }

    /// <summary>Depths, cut at the limit; the rarest codes under it grow until all fit.</summary>
    private void Shorten()
    {
        _weights[510] = 0;
        for (int node = 509; node >= 0; node--)
        {
            _weights[node] = _weights[_parents[node]] + 1;
        }

        int room = 1 << MaxBits;
        for (int i = 0; i < 256; i++)
        {
            int length = Math.Min(MaxBits, (int)_weights[i]);
            _lengths[(byte)_order[i]] = (byte)length;
            room -= 1 << (MaxBits - length);
        }

        for (int i = 0; room < 0; i = (i + 1) & 255)
        {
            ref byte length = ref _lengths[(byte)_order[i]];
            if (length < MaxBits)
            {
                length++;
                room += 1 << (MaxBits - length);
            }
        }
    }

    /// <summary>Codes in order of length, then of byte; each is turned round, as bits are written lowest first.</summary>
    private void Assign()
    {
        Array.Clear(_table);
        int code = 0;
        for (int length = 1; length <= MaxBits; length++, code <<= 1)
        {
            for (int value = 0; value < 256; value++)
            {
                if (_lengths[value] == length)
                {
                    int turned = Turn(code++, length);
                    _codes[value] = (ushort)((turned << 4) | length);
                    for (int at = turned; at < _table.Length; at += 1 << length)
                    {
                        _table[at] = (ushort)((value << 4) | length);
                    }
                }
            }
        }
    }

    private static int Turn(int code, int length)
    {
        int turned = 0;
        for (int i = 0; i < length; i++)
        {
            turned |= ((code >> i) & 1) << (length - 1 - i);
        }

        return turned;
    }
}
