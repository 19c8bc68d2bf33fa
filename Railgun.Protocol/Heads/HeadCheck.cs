using System.Buffers;
using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Heads;

/// <summary>
/// Whether a head can cross the link: its size as text, each field counted as in HTTP/1.1 with colon, space and line end, and characters that no
/// head may hold. A head that fails would cost the lane, so it is looked at before it is queued.
/// </summary>
internal static class HeadCheck
{
    /// <summary>What a field line counts beyond its name and value.</summary>
    public const int PerField = 4;

    private const int ControlNameLength = 2;

    // Method, scheme, authority, target, protocol.
    private const int RequestControls = 5;

    private static readonly SearchValues<char> ForbiddenInValues = SearchValues.Create("\0\r\n");
    private static readonly SearchValues<char> NameChars = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Bytes of one field line as text.</summary>
    public static int SizeOf(HeadField field) => field.Name.Length + field.Value.Length + PerField;

    /// <summary>Null if the head can cross; else why not, in a few words.</summary>
    public static string? Problem(RequestHead head)
    {
        return IsValue(head.Method) && IsValue(head.Scheme) && IsValue(head.Authority) && IsValue(head.Target) && IsValue(head.Protocol ?? "")
            ? Problem(head.Fields, SizeOfControls(head), RequestControls)
            : "the request line holds a character that may not be there";
    }

    /// <summary>Null if the head can cross; else why not, in a few words.</summary>
    public static string? Problem(ResponseHead head) =>
        head.Status is >= 100 and <= 999 ? Problem(head.Fields, Control("200"), 1) : "the status code is not between 100 and 999";

    /// <summary>Null if the trailer section can cross; else why not, in a few words.</summary>
    public static string? Problem(FieldList trailers) => Problem(trailers, 0, 0);

    /// <summary>Whether a head that has a <see cref="Problem(RequestHead)"/> has that of its size, and not one of its characters.</summary>
    public static bool IsTooLarge(RequestHead head)
    {
        int size = SizeOfControls(head);
        foreach (HeadField field in head.Fields)
        {
            size += SizeOf(field);
        }

        return size > Limits.MaxHead || head.Fields.Count + RequestControls > Limits.MaxHeadFields;
    }

    /// <summary>The trailer section, or null if it can't cross: a body is whole without.</summary>
    public static FieldList? OrNone(FieldList? trailers) => trailers is not null && Problem(trailers) is null ? trailers : null;

    private static int SizeOfControls(RequestHead head) =>
        Control(head.Method) + Control(head.Scheme) + Control(head.Authority) + Control(head.Target) + Control(head.Protocol ?? "");

    private static int Control(string value) => value.Length + ControlNameLength + PerField;

    private static string? Problem(FieldList fields, int size, int count)
    {
        foreach (HeadField field in fields)
        {
            size += SizeOf(field);
            if (field.Name.Length == 0 || field.Name.AsSpan().ContainsAnyExcept(NameChars))
            {
                return "a field name is no token";
            }

            if (!IsValue(field.Value))
            {
                return $"the value of {field.Name} holds a character that may not be there";
            }
        }

        if (size > Limits.MaxHead)
        {
            return $"the head is larger than {Limits.MaxHead} bytes";
        }

        return count + fields.Count > Limits.MaxHeadFields ? $"the head has more than {Limits.MaxHeadFields} fields" : null;
    }

    private static bool IsValue(string value) =>
        !value.AsSpan().ContainsAny(ForbiddenInValues) && !value.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF');
}
