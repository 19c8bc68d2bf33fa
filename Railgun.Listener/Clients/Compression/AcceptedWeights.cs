namespace Railgun.Listener.Clients.Compression;

/// <summary>What a client said of each coding, in thousandths of a weight; -1 where it said nothing.</summary>
internal struct AcceptedWeights
{
    /// <summary>The weight 1, also that of a coding named without one.</summary>
    public const int Full = 1000;

    private const int Unsaid = -1;

    private int _gzip = Unsaid;
    private int _zstd = Unsaid;
    private int _brotli = Unsaid;
    private int _identity = Unsaid;
    private int _any = Unsaid;

    /// <summary>Nothing said yet.</summary>
    public AcceptedWeights()
    {
    }

    /// <summary>Notes what was said of the coding <paramref name="name"/>; an unknown name is passed over.</summary>
    public void Set(ReadOnlySpan<char> name, int weight)
    {
        if (Is(name, "gzip") || Is(name, "x-gzip"))
        {
            _gzip = weight;
        }
        else if (Is(name, "br"))
        {
            _brotli = weight;
        }
        else if (Is(name, "zstd"))
        {
            _zstd = weight;
        }
        else if (Is(name, "identity"))
        {
            _identity = weight;
        }
        else if (Is(name, "*"))
        {
            _any = weight;
        }
    }

    /// <summary>The coding to use.</summary>
    public readonly ClientCoding Best()
    {
        ClientCoding best = ClientCoding.Identity;
        int highest = Math.Max(0, _identity);
        Prefer(ClientCoding.Gzip, _gzip, ref best, ref highest);
        Prefer(ClientCoding.Zstd, _zstd, ref best, ref highest);
        Prefer(ClientCoding.Brotli, _brotli, ref best, ref highest);
        return best;
    }

    /// <summary>Takes the coding if its weight is not lower: it is asked in rising order of our preference.</summary>
    private readonly void Prefer(ClientCoding coding, int said, ref ClientCoding best, ref int highest)
    {
        // "*" speaks for codings not named; but old clients send "*" without meaning more than gzip.
        int weight = said == Unsaid && coding == ClientCoding.Gzip ? _any : said;
        if (weight > 0 && weight >= highest)
        {
            best = coding;
            highest = weight;
        }
    }

    private static bool Is(ReadOnlySpan<char> name, string coding) => name.Equals(coding, StringComparison.OrdinalIgnoreCase);
}
