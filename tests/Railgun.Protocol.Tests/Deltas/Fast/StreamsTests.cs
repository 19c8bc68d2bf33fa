using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

/// <summary>A segment with so many new bytes that all of it lies in six streams, as it was written and as others may have.</summary>
internal sealed class StreamsTests
{
    private const byte Mark = 0xA5;
    private const int Guard = 512;

    private readonly FastReader _reader = new();
    private readonly FastReader _other = new();
    private readonly byte[] _zeros = new byte[200_000];
    private readonly byte[] _before = Letters(1, 3000);
    private readonly byte[] _target;
    private readonly byte[] _payload;

    public StreamsTests()
    {
        byte[] news = Letters(2, 600);
        _target = [.. Enumerable.Range(0, 20).SelectMany(i => (byte[])[.. _before[(i * 150)..((i * 150) + 90 + i)], .. news[(i * 30)..((i + 1) * 30)]])];
        byte[] coded = Coding.Encode(DeltaLevel.Fast, _before, _target);
        _payload = coded[SegmentPrefix.SizeOf(coded[0])..];

        // What is left in the reader's memory by a payload of before must not be seen.
        Read(_reader, [.. Enumerable.Repeat((byte)0xFF, _zeros.Length)], 0);
    }

    [Test]
    public void It_is_read_as_it_was_written()
    {
        Assert.That(FastHead.Read(_payload).Bytes, Is.GreaterThanOrEqualTo(FastHead.Many));
        (DeltaStatus status, byte[] said) = Read(_reader, _payload, _target.Length);
        Assert.That(status, Is.EqualTo(DeltaStatus.End));
        Assert.That(said, Is.EqualTo(_target));
    }

    [Test]
    public void Cut_anywhere_it_is_read_as_if_zeros_stood_behind_it()
    {
        for (int cut = 0; cut <= _payload.Length; cut++)
        {
            Assert.That(Read(_reader, _payload[..cut], 5000), Is.EqualTo(Read(_other, [.. _payload[..cut], .. _zeros], 5000)), $"{cut} bytes");
        }
    }

    [Test]
    public void With_any_bit_flipped_nothing_is_read_beside_the_base_or_behind_the_payload_or_written_behind_the_room(
        [Values(450, 1500, DeltaLimits.MaxSegmentTarget)] int room, [Values] bool atFront)
    {
        using var guarded = new GuardedBytes(_before, atFront);
        for (int bit = 0; bit < 8 * _payload.Length; bit++)
        {
            byte[] bad = [.. _payload];
            bad[bit >> 3] ^= (byte)(1 << (bit & 7));
            (DeltaStatus status, byte[] said) = Read(_reader, bad, room, guarded.Span);
            (DeltaStatus otherStatus, byte[] otherSaid) = Read(_other, [.. bad, .. _zeros], room);
            Assert.That(status, Is.EqualTo(otherStatus), $"bit {bit}");
            Assert.That(said.AsSpan().SequenceEqual(otherSaid), Is.True, $"bit {bit}");
        }
    }

    private (DeltaStatus Status, byte[] Said) Read(FastReader reader, byte[] payload, int room) => Read(reader, payload, room, _before);

    private static (DeltaStatus Status, byte[] Said) Read(FastReader reader, byte[] payload, int room, ReadOnlySpan<byte> before)
    {
        byte[] output = new byte[room + Guard];
        output.AsSpan(room).Fill(Mark);
        reader.Start(hasFirst: true);
        DeltaStatus status = reader.Read(payload, before, default, output.AsSpan(0, room), 0, room, out int written);
        Assert.That(output.AsSpan(room).IndexOfAnyExcept(Mark), Is.Negative);
        return (status, output[..written]);
    }

    private static byte[] Letters(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next('a', 'z' + 1))];
    }
}
