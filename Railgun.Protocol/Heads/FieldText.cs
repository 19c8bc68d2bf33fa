using System.Buffers;
using System.Text;

namespace Railgun.Protocol.Heads;

/// <summary>What may stand in names and values (RFC 9110 sections 5.1 and 5.5).</summary>
internal static class FieldText
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> ForbiddenInValues = SearchValues.Create("\0\r\n"u8);

    /// <summary>Whether the bytes are a token.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) => !name.IsEmpty && name.IndexOfAnyExcept(NameBytes) < 0;

    /// <summary>Whether the bytes hold no CR, LF or NUL.</summary>
    public static bool IsValue(ReadOnlySpan<byte> value) => value.IndexOfAny(ForbiddenInValues) < 0;

    /// <summary>One char a byte.</summary>
    public static string Make(ReadOnlySpan<byte> value) => Encoding.Latin1.GetString(value);
}
