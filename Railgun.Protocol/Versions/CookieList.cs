using System.Buffers;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The cookies of a request that count as credentials, sorted by name. Several <c>Cookie</c> fields, as HTTP/2 sends them, are one
/// (RFC 9113 section 8.2.3). Lives in a pooled array: dispose it.
/// </summary>
internal ref struct CookieList
{
    private CookiePair[]? _pairs;
    private int _count;

    /// <summary>The pairs, sorted.</summary>
    public readonly ReadOnlySpan<CookiePair> Pairs => _pairs.AsSpan(0, _count);

    /// <summary>Gathers the cookies of <paramref name="fields"/> except those that <paramref name="ignored"/> names.</summary>
    public static CookieList Of(FieldList fields, NamePatterns ignored)
    {
        var list = new CookieList();
        foreach (HeadField field in fields)
        {
            if (field.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            {
                list.AddAll(field.Value, ignored);
            }
        }

        list._pairs.AsSpan(0, list._count).Sort();
        return list;
    }

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        if (_pairs is not null)
        {
            ArrayPool<CookiePair>.Shared.Return(_pairs, clearArray: true);
            _pairs = null;
            _count = 0;
        }
    }

    private void AddAll(string value, NamePatterns ignored)
    {
        foreach (Range range in value.AsSpan().Split(';'))
        {
            (int start, int length) = range.GetOffsetAndLength(value.Length);
            ReadOnlySpan<char> text = value.AsSpan(start, length);
            start += length - text.TrimStart(" \t").Length;
            text = text.Trim(" \t");
            int equals = text.IndexOf('=');
            int nameLength = Math.Max(equals, 0);
            if (!text.IsEmpty && !ignored.Contains(text[..nameLength].TrimEnd(" \t")))
            {
                Add(new CookiePair(value, start, nameLength, text.Length, _count));
            }
        }
    }

    private void Add(CookiePair pair)
    {
        if (_pairs is null || _count == _pairs.Length)
        {
            CookiePair[] larger = ArrayPool<CookiePair>.Shared.Rent(Math.Max(32, _count * 2));
            _pairs.AsSpan(0, _count).CopyTo(larger);
            if (_pairs is not null)
            {
                ArrayPool<CookiePair>.Shared.Return(_pairs, clearArray: true);
            }

            _pairs = larger;
        }

        _pairs[_count++] = pair;
    }
}
