using System.Globalization;

namespace Railgun.Try;

/// <summary>What the user asked for on the command line.</summary>
internal sealed record TryOptions
{
    /// <summary>Only serve the origin, without a pair: the subcommand <c>origin</c>.</summary>
    public bool OriginOnly { get; init; }

    /// <summary>Print the help and end.</summary>
    public bool Help { get; init; }

    /// <summary>End after the table.</summary>
    public bool Once { get; init; }

    /// <summary>A folder of page histories to replay, or null.</summary>
    public string? Pages { get; init; }

    /// <summary>The user's own site, or null.</summary>
    public Uri? Site { get; init; }

    /// <summary>The port for clients (with <see cref="OriginOnly"/>: the origin's); 0 for any free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>What the demo site is made from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">Something in it cannot be understood.</exception>
    public static TryOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new TryOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UsageException($"{name} wants a value after it. {SeeHelp}");
            options = name switch
            {
                "origin" when i == 0 => options with { OriginOnly = true },
                "--help" or "-h" or "help" => options with { Help = true },
                "--once" => options with { Once = true },
                "--pages" => options with { Pages = Value(arguments) },
                "--origin" => options with { Site = ParseSite(Value(arguments)) },
                "--http" => options with { HttpPort = ParseNumber(name, Value(arguments), ushort.MaxValue) },
                "--seed" => options with { Seed = ParseNumber(name, Value(arguments), int.MaxValue) },
                _ => throw new UsageException($"\"{name}\" is not known here. {SeeHelp}"),
            };
        }

        return options is { Pages: not null, Site: not null }
            ? throw new UsageException("--pages and --origin are two different origins: give one of them.")
            : options;
    }

    private const string SeeHelp = "See: deploy/try.sh --help";

    private static Uri ParseSite(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? site) && (site.Scheme == Uri.UriSchemeHttp || site.Scheme == Uri.UriSchemeHttps)
            ? site
            : throw new UsageException($"--origin {text}: write a whole address, such as http://localhost:8080/news");

    private static int ParseNumber(string name, string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            ? number
            : throw new UsageException($"{name} {text}: write a number from 0 to {most.ToString(CultureInfo.InvariantCulture)}.");
}
