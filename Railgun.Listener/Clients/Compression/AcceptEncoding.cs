using System.Globalization;

namespace Railgun.Listener.Clients.Compression;

/// <summary>Reads <c>Accept-Encoding</c> (RFC 9110 section 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>
    /// The coding to use: the one with the highest weight; among equals br before zstd before gzip. Identity where the field is absent,
    /// names none of ours, or weighs identity higher.
    /// </summary>
    /// <param name="value">The field's value, several lines joined by commas; null where there is none.</param>
    public static ClientCoding Choose(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return ClientCoding.Identity;
        }

        var weights = new AcceptedWeights();
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            int comma = rest.IndexOf(',');
            ReadOnlySpan<char> item = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            Read(item.Trim(), ref weights);
        }

        return weights.Best();
    }

    private static void Read(ReadOnlySpan<char> item, ref AcceptedWeights weights)
    {
        int semicolon = item.IndexOf(';');
        ReadOnlySpan<char> name = semicolon < 0 ? item : item[..semicolon].TrimEnd();
        int weight = semicolon < 0 ? AcceptedWeights.Full : Weight(item[(semicolon + 1)..]);
        weights.Set(name, weight);
    }

    /// <summary>Thousandths; what can't be read counts as not acceptable, so that a client never gets what it may not want.</summary>
    private static int Weight(ReadOnlySpan<char> parameters)
    {
        parameters = parameters.Trim();
        if (parameters.Length < 3 || (parameters[0] | 0x20) != 'q')
        {
            return AcceptedWeights.Full;
        }

        int equals = parameters.IndexOf('=');
        return equals > 0
            && double.TryParse(parameters[(equals + 1)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double q)
            && q is >= 0 and <= 1
            ? (int)(q * AcceptedWeights.Full)
            : 0;
    }
}
