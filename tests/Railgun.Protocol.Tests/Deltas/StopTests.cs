using System.Buffers;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Dense;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>Encoders that wait in a pool hold none of the versions that they coded against.</summary>
internal sealed class StopTests
{
    [Test]
    public void An_encoder_that_has_stopped_lets_go_of_its_bases([Values] DeltaLevel level, [Values] bool hard)
    {
        using var encoder = new DeltaEncoder();
        WeakReference[] kept = Encode(encoder, level, hard);
        GC.Collect();
        Assert.That(Array.ConvertAll(kept, reference => reference.IsAlive), Is.All.False);
    }

    /// <summary>What the encoding was given: the bases, their indexes and tables.</summary>
    /// <param name="encoder">What must let go of it.</param>
    /// <param name="level">The level.</param>
    /// <param name="hard">Whether the target is too new for the dense level, which then ends at the fast one.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Encode(DeltaEncoder encoder, DeltaLevel level, bool hard)
    {
        DeltaBase[] bases = [Base(1), Base(2)];
        byte[] page = [.. Letters(1, 10_000), .. Letters(3, hard ? 50_000 : 500), .. Letters(2, 10_000)];
        encoder.Start(level, bases[0], bases[1]);
        encoder.EncodeSegment(page, last: true, new ArrayBufferWriter<byte>());
        encoder.Stop();
        return [.. bases.SelectMany(Parts).Select(part => new WeakReference(part))];
    }

    private static object[] Parts(DeltaBase one) => [System.Runtime.InteropServices.MemoryMarshal.TryGetArray(one.Body, out ArraySegment<byte> body) ? body.Array! : one, one.Index!, one.Places!];

    private static DeltaBase Base(int seed)
    {
        byte[] body = Letters(seed, 10_000);
        return new DeltaBase(body, BaseIndex.Build(body), new BasePlaces(body));
    }

    private static byte[] Letters(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)('a' + random.Next(16)))];
    }
}
