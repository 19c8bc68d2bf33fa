using System.Buffers.Binary;
using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

/// <summary>Commands at the limit of what there is, and one beyond: each check of the reader by itself. Right beside the base (behind it, or before it) no byte can be read, behind the room none is written.</summary>
[TestFixture(false, false)]
[TestFixture(true, false)]
[TestFixture(false, true)]
internal sealed unsafe class CommandBoundsTests(bool apart, bool atFront)
{
    private const byte Mark = 0xA5;
    private const int Guard = 512;

    private readonly FastReader _reader = new();
    private readonly FastModel _model = new(reads: false);
    private readonly RoundCodes _codes = new();

    // New bytes behind all others: with so many of them the commands are a stream of their own, and what these copy is another.
    private readonly byte[] _tail = apart ? Letters(FastHead.Many) : [];

    [TestCase(2, DeltaStatus.Invalid)]
    [TestCase(3, DeltaStatus.End)]
    [TestCase(4, DeltaStatus.Invalid)]
    [TestCase(40, DeltaStatus.Invalid)]
    public void Runs_take_all_new_bytes_and_no_more(int run, DeltaStatus expected)
    {
        using var first = new GuardedBytes(Letters(100 + _tail.Length), atFront);
        byte[] payload = Payload([.. "abc"u8, .. _tail], Copy(run, 5), End());
        Assert.That(Read(payload, first, 1000, out _), Is.EqualTo(expected));
    }

    [TestCase(0, 4)]
    [TestCase(3, 0)]
    [TestCase(3, 4)]
    [TestCase(40, 0)]
    [TestCase(40, 70)]
    public void Neither_runs_nor_copies_go_beyond_what_the_target_may_have(int run, int length)
    {
        using var first = new GuardedBytes(Letters(300 + _tail.Length), atFront);
        byte[] news = [.. Letters(run), .. _tail];
        byte[] payload = length == 0 ? Payload(news, Copy(0, 10), End(run)) : Payload(news, Copy(0, 10), Copy(run, length), End());
        int total = 10 + run + length + _tail.Length;
        for (int most = 0; most <= total; most++)
        {
            Assert.That(Read(payload, first, most, out byte[] said), Is.EqualTo(most < total ? DeltaStatus.LimitExceeded : DeltaStatus.End), $"{most} bytes");
            Assert.That(said, Has.Length.EqualTo(most < total ? 0 : total));
        }
    }

    [Test]
    public void Copies_read_nothing_but_the_base([Values(1, 40, 64, 100, 256, 300)] int size)
    {
        byte[] text = Letters(size);
        using var first = new GuardedBytes(text, atFront);
        for (int offset = -2; offset <= size + 1; offset++)
        {
            foreach (int length in new[] { 1, 32, 64, 65, 256, size - offset, size - offset + 1 }.Where(length => length > 0))
            {
                bool isThere = offset >= 0 && offset < size && length <= size - offset;
                byte[] payload = Payload(_tail, Far(offset, length), End(atEnd: offset + length + _tail.Length >= size));
                Assert.That(Read(payload, first, 1000, out byte[] said), Is.EqualTo(isThere ? DeltaStatus.End : DeltaStatus.Invalid), $"{length} bytes from {offset}");
                Assert.That(said.AsSpan().SequenceEqual(isThere ? [.. text.AsSpan(offset, length), .. _tail] : Array.Empty<byte>()), Is.True);
            }
        }
    }

    [Test]
    public void A_copy_from_the_past_repeats_what_it_writes()
    {
        using var first = new GuardedBytes(Letters(1000), atFront);
        for (int distance = 1; distance < FastHead.Many; distance++)
        {
            byte[] news = [.. Letters(distance), .. _tail];
            foreach (int length in new[] { 1, 33, 64, 65, 256, 257, 600 })
            {
                byte[] payload = Payload(news, new FastCommand(distance, length, FastModel.Past, Address.Back(distance), ToEnd: false), End());
                byte[] expected = [.. Enumerable.Range(0, distance + length).Select(i => news[i % distance]), .. _tail];
                Assert.That(Read(payload, first, expected.Length, out byte[] said), Is.EqualTo(DeltaStatus.End));
                Assert.That(said.AsSpan().SequenceEqual(expected), Is.True, $"{length} bytes from {distance} back");
            }

            byte[] before = Payload(news, new FastCommand(distance, 1, FastModel.Past, Address.Back(distance + 1), ToEnd: false), End());
            Assert.That(Read(before, first, 1000, out _), Is.EqualTo(DeltaStatus.Invalid));
        }
    }

    [Test]
    public void Whole_vectors_are_written_only_where_there_is_room([Values(0, 1, 31, 32, 33)] int run)
    {
        byte[] text = Letters(1000);
        using var first = new GuardedBytes(text, atFront);
        byte[] news = [.. Letters(run), .. _tail];
        for (int length = 1; length <= 300; length++)
        {
            byte[] expected = [.. text[..200], .. news[..run], .. text[(200 + run)..(200 + run + length)], .. _tail];
            Assert.That(Read(Payload(news, Copy(0, 200), Copy(run, length), End()), first, expected.Length, out byte[] said), Is.EqualTo(DeltaStatus.End));
            Assert.That(said.AsSpan().SequenceEqual(expected), Is.True);
            Assert.That(Read(Payload(news, Copy(0, length), End(run)), first, length + news.Length, out said), Is.EqualTo(DeltaStatus.End));
            Assert.That(said.AsSpan().SequenceEqual((byte[])[.. text[..length], .. news]), Is.True);
        }
    }

    [Test]
    public void A_copy_repeats_what_it_writes_from_however_near([Values(0, 31, 32, 33)] int run)
    {
        byte[] text = Letters(1000);
        using var first = new GuardedBytes(text, atFront: false);
        byte[] news = [.. Letters(run), .. _tail];
        for (int distance = 1; distance <= 300; distance++)
        {
            foreach (int length in (int[])[1, 31, 32, 33, 63, 64, 65, 96, 255, 256, 257, 300])
            {
                byte[] expected = [.. text[..400], .. news[..run], .. new byte[length], .. text[500..580], .. _tail];
                for (int i = 0; i < length; i++)
                {
                    expected[400 + run + i] = expected[400 + run + i - distance];
                }

                byte[] payload = Payload(news, Copy(0, 400), new FastCommand(run, length, FastModel.Past, Address.Back(distance), ToEnd: false), Far(100, 80), End());
                Assert.That(Read(payload, first, DeltaLimits.MaxSegmentTarget, out byte[] said), Is.EqualTo(DeltaStatus.End));
                Assert.That(said.AsSpan().SequenceEqual(expected), Is.True, $"{length} bytes from {distance} before");
            }
        }
    }

    [Test]
    public void A_copy_as_long_as_can_be_ends_with_the_segment()
    {
        byte[] text = Letters(DeltaLimits.MaxSegmentTarget + 10);
        byte[] news = [.. "abc"u8, .. _tail];
        using var first = new GuardedBytes(text, atFront);
        byte[] payload = Payload(news, new FastCommand(news.Length, 1, FastModel.Aligned, default, ToEnd: true));
        Assert.That(Read(payload, first, DeltaLimits.MaxSegmentTarget + 5, out byte[] said), Is.EqualTo(DeltaStatus.End));
        Assert.That(said, Has.Length.EqualTo(DeltaLimits.MaxSegmentTarget));
        Assert.That(said.AsSpan(news.Length).SequenceEqual(text.AsSpan(news.Length, said.Length - news.Length)), Is.True);
        Assert.That(Read(payload, first, DeltaLimits.MaxSegmentTarget - 1, out _), Is.EqualTo(DeltaStatus.LimitExceeded));
    }

    [Test]
    public void A_copy_beyond_the_segment_is_invalid([Values(0, 1)] int beyond)
    {
        using var first = new GuardedBytes(Letters(DeltaLimits.MaxSegmentTarget + 10), atFront);
        byte[] payload = Payload(_tail, Copy(_tail.Length, 131_000 - _tail.Length), Copy(0, 72 + beyond), new FastCommand(0, 0, FastModel.End, default, ToEnd: false));
        Assert.That(Read(payload, first, long.MaxValue, out _), Is.EqualTo(beyond == 0 ? DeltaStatus.End : DeltaStatus.Invalid));
    }

    [Test]
    public void A_run_of_more_bits_than_there_can_be_is_read_as_one_of_the_most([Range(FastModel.LongestRunLog, 31)] int log, [Values(0u, 1u, 0x1_2345u, 0x1_FFFFu)] uint rest)
    {
        byte[] coded = new byte[64];
        uint* symbols = stackalloc uint[1];
        var parser = new CommandParser(new FastModel(reads: true));
        fixed (byte* output = coded)
        {
            var writer = new BitWriter(output);
            _model.Start();
            _model.Commands.View.Put(ref writer, FastModel.LongRun);
            writer.Put(((uint)log << FastModel.LongestRunLog) | rest, FastModel.LongRunLogBits + FastModel.LongestRunLog);
            _model.Rows[FastModel.Aligned].Lengths.Put(ref writer, FastModel.ToEnd);
            ulong behind = (ulong)(_model.Commands.View.Codes[FastModel.LongRun] & 15) + FastModel.LongRunLogBits + FastModel.LongestRunLog
                + (ulong)(_model.Rows[FastModel.Aligned].Lengths.Codes[FastModel.ToEnd] & 15);
            writer.Flush();
            var streams = new CommandStreams(output, 256, 0, 128, inTurns: true);
            Assert.That(parser.Parse(ref streams, 1, symbols), Is.EqualTo(1));
            Assert.That(parser.Commands[0].Run, Is.EqualTo(24 + (1 << FastModel.LongestRunLog) + (int)rest));
            Assert.That(streams.Next, Is.EqualTo(128), "the other stream has the next command");
            Assert.That(streams.Other, Is.EqualTo(behind));
        }
    }

    private static FastCommand Copy(int run, int length) => new(run, length, FastModel.Aligned, default, ToEnd: false);

    private static FastCommand Far(int offset, int length) => new(0, length, FastModel.Far, Address.Jump(offset), ToEnd: false);

    /// <summary>Where nothing could be aligned with the last track, the end is said as that kind.</summary>
    private FastCommand End(int run = 0, bool atEnd = false) => new(run + _tail.Length, 0, atEnd ? (byte)FastModel.Aligned : (byte)FastModel.End, default, ToEnd: false);

    private byte[] Payload(ReadOnlySpan<byte> news, params FastCommand[] commands)
    {
        _model.Start();
        byte[] payload = new byte[4096];
        fixed (byte* bytes = news)
        fixed (byte* output = payload)
        {
            var writer = new BitWriter(output);
            new FastHead(false, news.Length).Write(ref writer);
            if (news.Length >= FastHead.Many)
            {
                return payload[..WriteStreams(output, output + writer.Align(), output + payload.Length, bytes, news.Length, commands)];
            }

            writer.Flush();
            ByteWriter.Put(ref writer, _model.Bytes.View.Codes, bytes, news.Length);
            return payload[..CommandWriter.Write(writer, _model, new Tally(_model), commands, output, output + payload.Length)];
        }
    }

    private int WriteStreams(byte* output, byte* at, byte* end, byte* bytes, int count, FastCommand[] commands)
    {
        _codes.Make(_model, bytes, count);
        byte* first = ByteWriter.WriteMany(at, end, _codes, bytes, count);
        byte[] second = new byte[4096];
        fixed (byte* other = second)
        {
            (int length, int otherLength) = CommandWriter.WriteInTurns(_model, new Tally(_model), commands, first, end, other, other + second.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(at + ByteStreams.CommandsAt, sizeof(ushort)), (ushort)length);
            at[ByteStreams.CommandsAt + sizeof(ushort)] = 0;
            second.AsSpan(0, otherLength).CopyTo(new Span<byte>(first + length, (int)(end - first) - length));
            return BitWriter.Trim(output, first + length + otherLength);
        }
    }

    private DeltaStatus Read(byte[] payload, GuardedBytes first, long most, out byte[] said)
    {
        int room = (int)Math.Min(most, DeltaLimits.MaxSegmentTarget);
        byte[] output = new byte[room + Guard];
        output.AsSpan(room).Fill(Mark);
        _reader.Start(hasFirst: true);
        DeltaStatus status = _reader.Read(payload, first.Span, default, output.AsSpan(0, room), 0, most, out int written);
        Assert.That(output.AsSpan(room).IndexOfAnyExcept(Mark), Is.Negative);
        said = status == DeltaStatus.End ? output[..written] : [];
        return status;
    }

    private static byte[] Letters(int length)
    {
        var random = new Random(length);
        return [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next('a', 'z' + 1))];
    }
}
