using System.Globalization;
using System.Text;

namespace Railgun.Hosting.Metrics;

/// <summary>
/// Metrics in Prometheus' text format, version 0.0.4. Names follow OpenTelemetry's rules for Prometheus: dots become underscores, units are
/// spelled out at the end, counters end in <c>_total</c>; histograms count cumulatively by <c>le</c>.
/// </summary>
internal static class PrometheusText
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The whole exposition, in UTF-8.</summary>
    public static byte[] Format(IReadOnlyList<InstrumentSnapshot> instruments)
    {
        var text = new StringBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (InstrumentSnapshot instrument in instruments)
        {
            string name = NameOf(instrument);

            // Two meters may have made the same instrument; a name may stand here once only.
            if (seen.Add(name))
            {
                Append(text, name, instrument);
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, string name, InstrumentSnapshot instrument)
    {
        if (instrument.Description.Length > 0)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(Escape(instrument.Description, quotes: false)).Append('\n');
        }

        text.Append("# TYPE ").Append(name).Append(' ').Append(instrument.Kind switch
        {
            InstrumentKind.Counter => "counter",
            InstrumentKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
        foreach (SeriesSnapshot series in instrument.Series)
        {
            if (instrument.Kind == InstrumentKind.Histogram)
            {
                AppendHistogram(text, name, instrument.Buckets, series);
            }
            else
            {
                AppendSample(text, name, series.Tags, null, series.Value);
            }
        }
    }

    private static void AppendHistogram(StringBuilder text, string name, IReadOnlyList<double> bounds, SeriesSnapshot series)
    {
        long cumulative = 0;
        for (int i = 0; i < series.Counts.Count; i++)
        {
            cumulative += series.Counts[i];
            AppendSample(text, name + "_bucket", series.Tags, i < bounds.Count ? Number(bounds[i]) : "+Inf", cumulative);
        }

        AppendSample(text, name + "_sum", series.Tags, null, series.Value);
        AppendSample(text, name + "_count", series.Tags, null, cumulative);
    }

    private static void AppendSample(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> tags, string? bound, double value)
    {
        text.Append(name);
        char separator = '{';
        foreach ((string key, string label) in tags)
        {
            text.Append(separator).Append(Clean(key)).Append("=\"").Append(Escape(label, quotes: true)).Append('"');
            separator = ',';
        }

        if (bound is not null)
        {
            text.Append(separator).Append("le=\"").Append(bound).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string NameOf(InstrumentSnapshot instrument)
    {
        string name = Clean(instrument.Name);
        string unit = instrument.Unit switch
        {
            "By" => "bytes",
            "By/s" => "bytes_per_second",
            "s" => "seconds",
            "ms" => "milliseconds",
            "1" when instrument.Kind == InstrumentKind.Gauge => "ratio",
            _ => "",
        };
        if (unit.Length > 0 && !name.EndsWith('_' + unit, StringComparison.Ordinal))
        {
            name += '_' + unit;
        }

        return instrument.Kind == InstrumentKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Clean(string name)
    {
        string clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return char.IsAsciiDigit(clean[0]) ? '_' + clean : clean;
    }

    private static string Escape(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ when double.IsNaN(value) => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
