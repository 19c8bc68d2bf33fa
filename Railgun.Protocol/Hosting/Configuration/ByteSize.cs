using System.Globalization;
using System.Text.Json.Serialization;

namespace Railgun.Hosting.Configuration;

/// <summary>A number of bytes.</summary>
/// <param name="Bytes">Not negative.</param>
[JsonConverter(typeof(TextValueConverter<ByteSize>))]
internal readonly record struct ByteSize(long Bytes) : ITextValue<ByteSize>, IComparable<ByteSize>
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("T", 1L << 40), ("B", 1), ("", 1),
    ];

    /// <inheritdoc/>
    public static string Hint => "a size, such as 256MiB, 1GiB or 65536";

    /// <summary>So many times 1,048,576 bytes.</summary>
    public static ByteSize MiB(long count) => new(count << 20);

    /// <inheritdoc/>
    public static bool TryParse(string text, out ByteSize value)
    {
        value = default;
        ReadOnlySpan<char> number = text.AsSpan().Trim();
        foreach ((string unit, long factor) in Units)
        {
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^unit.Length].TrimEnd();
                if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)
                    || count > long.MaxValue / factor)
                {
                    return false;
                }

                value = new ByteSize((long)(count * factor));
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The text form: the largest binary unit that divides it.</summary>
    public override string ToString()
    {
        for (int i = 3; i >= 0; i--)
        {
            if (Bytes != 0 && Bytes % Units[i].Factor == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{Bytes / Units[i].Factor}{Units[i].Unit}");
            }
        }

        return Bytes.ToString(CultureInfo.InvariantCulture);
    }
}
