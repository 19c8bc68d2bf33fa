using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;

namespace Railgun.Fuzz.Targets;

/// <summary>
/// All that a peer may say on a lane, to either side: the first byte says to which, and in what pieces the rest comes. The side answers, reads and tires of
/// streams as a driver would.
/// </summary>
internal sealed class LaneTarget : IFuzzTarget
{
    private const long Start = 1_000_000;
    private const int MaxPulls = 200;

    /// <inheritdoc/>
    public string Name => "lane";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 32 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        using Conversation conversation = new Conversation().Talk();
        foreach (byte pieces in (byte[])[0, 6, 254])
        {
            yield return [pieces, .. conversation.Up];
            yield return [(byte)(pieces | 1), .. conversation.Down];
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        long buffers = PayloadLedger.Count;
        bool toListener = (input[0] & 1) != 0;
        using (var engine = new LaneEngine(Conversation.Options(toListener ? LinkRole.Listener : LinkRole.Sender), Start))
        {
            Feed(engine, input.AsSpan(1), 1 + (input[0] >> 1), toListener);
        }

        if (PayloadLedger.Count != buffers)
        {
            throw new FuzzFailureException($"{PayloadLedger.Count - buffers} buffers were not given back");
        }
    }

    private static void Feed(LaneEngine engine, ReadOnlySpan<byte> bytes, int piece, bool toListener)
    {
        long now = Start;
        ulong exchange = 0;
        while (!bytes.IsEmpty && engine.End is null)
        {
            int length = Math.Min(piece, bytes.Length);
            now += TimeSpan.TicksPerMillisecond;
            engine.Receive(bytes[..length], now);
            bytes = bytes[length..];
            while (toListener && exchange < 3 && engine.CanOpen)
            {
                engine.Open(Conversation.Request($"/{exchange}"), ++exchange, [VersionName.Of("base"u8), VersionName.Of("sibling"u8)], end: exchange != 2);
            }

            Drive(engine);
            for (int i = 0; i < MaxPulls && engine.HasOutput && !engine.Pull(now).IsEmpty; i++)
            {
            }
        }

        engine.Tick(now + TimeSpan.TicksPerMinute);
        Drive(engine);
        engine.Disconnected("the input is over");
        Drive(engine);
    }

    private static void Drive(LaneEngine engine)
    {
        while (engine.TryAccept(out StreamCore? accepted))
        {
            engine.SendHead(accepted!, Conversation.Response(200), new BodyCoding(Codec.Identity, -1, -1, Kept: false));
            engine.SendData(accepted!, Payload.Copy("<html>"u8));
            engine.SendEnd(accepted!, null);
        }

        while (engine.TryTakeSignal(out StreamCore? stream, out bool readable, out _))
        {
            while (readable && stream!.TryTake(out StreamEvent next))
            {
                next.Data.Dispose();
                engine.Consumed(stream, next.Credit);
                if (next.EndsSegment && next.Check % 3 == 0)
                {
                    engine.WantRest(stream, 0);
                }
            }
        }
    }
}
