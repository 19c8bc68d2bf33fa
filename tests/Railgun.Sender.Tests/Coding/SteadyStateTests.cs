using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;
using Railgun.Sender.Tests.Exchanges;

namespace Railgun.Sender.Tests.Coding;

/// <summary>A longer body costs no more garbage than a shorter one.</summary>
internal sealed class SteadyStateTests
{
#if DEBUG
    private const int Most = 1024; // without optimisation each step of an async method is an object
#else
    private const int Most = 8;
#endif

    [TestCase("image/png", false)]
    [TestCase("image/png", true)]
    [TestCase("text/html", false)]
    [TestCase("text/html", true)]
    public async Task A_chunk_allocates_nothing(string type, bool late)
    {
        const int Few = 100;
        const int Many = 2100;
        await MeasureAsync(type, late, Many);
        double least = double.MaxValue;
        for (int i = 0; i < 5 && least >= Most; i++)
        {
            // The whole process is counted: what another test's threads still do may fall into one measurement, but not into all.
            long few = await MeasureAsync(type, late, Few);
            long many = await MeasureAsync(type, late, Many);
            least = Math.Min(least, (double)(many - few) / (Many - Few));
        }

        Assert.That(least, Is.LessThan(Most), "Bytes for each chunk of 16 KB.");
    }

    // On the thread pool, where exchanges run: a test's own thread has a context that allocates for each step.
    private static Task<long> MeasureAsync(string type, bool late, int chunks) => Task.Run(() => SendAsync(type, late, chunks));

    private static async Task<long> SendAsync(string type, bool late, int chunks)
    {
        using VersionStore store = new(new VersionStoreOptions());
        using Coders coders = new(new CodingOptions());
        CodingTools tools = new(store, new CredentialRules(new CredentialOptions()), coders, new CodingOptions(), TimeProvider.System);
        RequestHead request = SenderBench.Get("/", ("Cache-Control", "no-store"));
        Asker asker = Asker.Of(request, tools.Rules);
        using BasePins pins = BasePins.Resolve(store, [], asker.Use, publicOnly: false);
        ResponseHead head = new() { Status = 200 };
        head.Fields.Add("Content-Type", type);
        SinkExchange exchange = new(request);
        using ResponseSender sender = new(tools, exchange, asker, pins, new ResponseReport());
        long before = GC.GetTotalAllocatedBytes(precise: true);
        await sender.SendAsync(new SteadyOrigin(chunks, late), head);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.That(exchange.Target, Is.EqualTo(chunks * (long)SteadyOrigin.Chunk));
        return allocated;
    }
}
