using Railgun.Hosting.Configuration;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Identity;
using Railgun.Sender.Coding;
using Railgun.TestKit;

namespace Railgun.Benchmarks.Link;

/// <summary>
/// What bulk makes on one lane with digests, coders and stores at both ends: bodies of about 8 MB, one behind the other, as they are, compressed without a base, and as deltas against the last view.
/// </summary>
internal static class StoreBenchmark
{
    private const int Blocks = 40_000;

    /// <summary>Starts the contenders.</summary>
    public static async Task<StoreContender[]> StartAsync(NodeIdentity identity, string directory)
    {
        byte[] page = new PageMaker(4).First(Blocks);
        byte[] packed = new byte[page.Length];
        new Random(4).NextBytes(packed);
        var kept = new CodingOptions { KeepPacked = ByteSize.MiB(32) };
        return
        [
            await StoreContender.StartAsync("identity", "image/png", packed, kept, Elsewhere(), identity, directory),
            await StoreContender.StartAsync("LZ4", "text/html", page, new CodingOptions(), Elsewhere(), identity, directory),
            await StoreContender.StartAsync("zstd", "text/html", page, new CodingOptions { Lz4From = default }, Elsewhere(), identity, directory),
            await StoreContender.StartAsync("delta", "text/html", page, new CodingOptions(), () => Head("shop.example"), identity, directory),
        ];
    }

    // Each body is another site's: so none has a base.
    private static Func<RequestHead> Elsewhere()
    {
        int count = 0;
        return () => Head($"{++count}.example");
    }

    private static RequestHead Head(string authority) => new() { Method = "GET", Scheme = "https", Authority = authority, Target = "/page" };
}
