using System.Diagnostics;
using System.Globalization;
using Railgun.Benchmarks.Deltas;
using Railgun.Protocol.Deltas;

namespace Railgun.Benchmarks.Signatures;

/// <summary>What one pair took. Times are those of the best round, in ticks of the stopwatch.</summary>
internal sealed class SignatureResult(Pair pair)
{
    /// <summary>Bytes of the signature; 0 where the version is too short for one.</summary>
    public int Signature { get; set; }

    /// <summary>Bytes of the delta; of plain compression where there is no signature.</summary>
    public int Delta { get; set; }

    public long Sign { get; set; } = long.MaxValue;

    public long Encode { get; set; } = long.MaxValue;

    public long Decode { get; set; } = long.MaxValue;

    public double SignSpeed => Speed(pair.Base.Length, Sign);

    public double EncodeSpeed => Speed(pair.Target.Length, Encode);

    public double DecodeSpeed => Speed(pair.Target.Length, Decode);

    public static string Heading(DeltaLevel level) =>
        $"{$"{level}".ToLowerInvariant() + " level",-20} {"pairs",6} {"versions",12} {"targets",12} {"signatures",11} {"share",7} {"deltas",11} {"both",11} {"sign MB/s",10} {"encode MB/s",12} {"decode MB/s",12}";

    public static string Line(string name, List<SignatureResult> results)
    {
        long versions = results.Sum(result => (long)result.Version.Length);
        long targets = results.Sum(result => (long)result.Target.Length);
        long signatures = results.Sum(result => (long)result.Signature);
        long deltas = results.Sum(result => (long)result.Delta);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-20} {results.Count,6} {versions,12:N0} {targets,12:N0} {signatures,11:N0} {100.0 * signatures / versions,5:F2} % {deltas,11:N0} {signatures + deltas,11:N0} " +
            $"{Speed(versions, results.Sum(result => result.Sign)),10:F0} {Speed(targets, results.Sum(result => result.Encode)),12:F0} {Speed(targets, results.Sum(result => result.Decode)),12:F0}");
    }

    public string Tsv(DeltaLevel level) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pair.Family}\t{pair.Name}\t{level}\t{pair.Base.Length}\t{pair.Target.Length}\t{Signature}\t{Delta}\t{Micros(Sign):F1}\t{Micros(Encode):F1}\t{Micros(Decode):F1}");

    private byte[] Version => pair.Base;

    private byte[] Target => pair.Target;

    private static double Speed(long bytes, long ticks) => bytes / 1e6 / ((double)ticks / Stopwatch.Frequency);

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
