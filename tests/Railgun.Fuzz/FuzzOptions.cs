using System.Globalization;

namespace Railgun.Fuzz;

/// <summary>What to fuzz, for how long.</summary>
/// <param name="Target">A target's name, or <c>all</c>.</param>
/// <param name="Time">How long each target runs.</param>
/// <param name="Seed">The chance of a run: the same corpus and seed try the same inputs.</param>
/// <param name="Corpus">The folder with a file of inputs for each target; what finds new paths is written there, minimised, at the end.</param>
/// <param name="Replay">A file that is run once instead, to see a finding again; null for none.</param>
internal sealed record FuzzOptions(string Target, TimeSpan Time, int Seed, string Corpus, string? Replay)
{
    private const string Usage =
        """
        usage: Railgun.Fuzz TARGET|all [--minutes N] [--seed N] [--corpus FOLDER] [--replay FILE]

          TARGET      what reads bytes from outside: lane, heads, delta, encoder, signature, configuration, proxy, frames, rules, answers, content, segments,
                      peers (ARCHITECTURE.md tells which parser each stands for)
          --minutes   how long each target runs (default 1)
          --seed      the chance of the run (default 1)
          --corpus    where inputs are read from and written to (default tests/Railgun.Fuzz/Corpus)
          --replay    runs one input, such as a finding, and ends

        An input that throws, takes too long or too much memory is kept in FOLDER/TARGET.findings; the exit code is then 1.
        """;

    /// <summary>Reads the command line; null, after saying what is wrong, if it can't be understood.</summary>
    public static FuzzOptions? Parse(string[] args, TextWriter error)
    {
        if (args.Length == 0 || args[0].StartsWith('-') || args.Length % 2 == 0)
        {
            error.WriteLine(Usage);
            return null;
        }

        var options = new FuzzOptions(args[0], TimeSpan.FromMinutes(1), 1, Path.Combine("tests", "Railgun.Fuzz", "Corpus"), null);
        for (int i = 1; i < args.Length; i += 2)
        {
            double number = double.TryParse(args[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : -1;
            switch (args[i])
            {
                case "--minutes" when number > 0:
                    options = options with { Time = TimeSpan.FromMinutes(number) };
                    break;
                case "--seed" when number >= 0:
                    options = options with { Seed = (int)number };
                    break;
                case "--corpus":
                    options = options with { Corpus = args[i + 1] };
                    break;
                case "--replay":
                    options = options with { Replay = args[i + 1] };
                    break;
                default:
                    error.WriteLine($"{args[i]} {args[i + 1]} can't be understood.\n{Usage}");
                    return null;
            }
        }

        return options;
    }
}
