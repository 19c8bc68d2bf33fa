using System.Text;

namespace Railgun.Protocol.Frames;

/// <summary>Takes the fields of one payload from front to back. A read beyond the end or a malformed varint makes <see cref="Failed"/> true for good.</summary>
internal ref struct FrameReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads <paramref name="payload"/>.</summary>
    public FrameReader(ReadOnlySpan<byte> payload) => _rest = payload;

    /// <summary>Whether some read failed; what it and later ones returned means nothing.</summary>
    public bool Failed { get; private set; }

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Whether all was read and nothing failed.</summary>
    public readonly bool AtEnd => !Failed && _rest.IsEmpty;

    /// <summary>Reads a varint of at most <paramref name="max"/>.</summary>
    public ulong Varint(ulong max = Frames.Varint.Max)
    {
        if (Failed || Frames.Varint.Read(_rest, out ulong value, out int length) != VarintStatus.Done || value > max)
        {
            Failed = true;
            return 0;
        }

        _rest = _rest[length..];
        return value;
    }

    /// <summary>Reads one byte.</summary>
    public byte Byte()
    {
        ReadOnlySpan<byte> one = Bytes(1);
        return Failed ? (byte)0 : one[0];
    }

    /// <summary>Reads <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (Failed || count > _rest.Length)
        {
            Failed = true;
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>Reads a length and so many bytes of UTF-8, at most <paramref name="max"/>.</summary>
    public string Text(int max)
    {
        ReadOnlySpan<byte> bytes = Bytes((int)Varint((ulong)max));
        return Failed ? "" : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Reads all that is left as UTF-8, at most <paramref name="max"/> bytes.</summary>
    public string RestAsText(int max)
    {
        ReadOnlySpan<byte> bytes = Bytes(_rest.Length);
        if (bytes.Length > max)
        {
            Failed = true;
        }

        return Failed ? "" : Encoding.UTF8.GetString(bytes);
    }
}
