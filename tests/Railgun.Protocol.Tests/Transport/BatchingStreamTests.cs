using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

internal sealed class BatchingStreamTests
{
    private const int Record = 16 * 1024;

    [Test]
    public async Task More_is_read_than_was_asked_for([Values(1, 7, Record, 5 * Record, 20 * Record + 1)] int length)
    {
        byte[] sent = Bytes(length);
        var line = new Line(sent);
        await using var stream = new BatchingStream(line);
        var got = new List<byte>();
        byte[] buffer = new byte[Record];
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            got.AddRange(buffer[..count]);
        }

        Assert.That(got, Is.EqualTo(sent));
        Assert.That(line.Reads, Is.LessThanOrEqualTo(2 + (length / BatchingStream.Capacity)));
    }

    [Test]
    public async Task Who_asks_for_nothing_first_as_TLS_does_makes_one_read_of_it()
    {
        byte[] sent = Bytes(100);
        var line = new Line(sent);
        await using var stream = new BatchingStream(line);
        byte[] got = new byte[Record];
        Assert.That(await stream.ReadAsync(Memory<byte>.Empty), Is.Zero);
        Assert.That(await stream.ReadAsync(got), Is.EqualTo(sent.Length));
        Assert.That(got[..sent.Length], Is.EqualTo(sent));
        Assert.That(line.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task What_was_read_ahead_comes_first_where_somebody_reads_without_waiting()
    {
        byte[] sent = Bytes(3 * Record);
        await using var stream = new BatchingStream(new Line(sent));
        byte[] got = new byte[sent.Length];
        await stream.ReadExactlyAsync(got.AsMemory(0, Record + 1));
        stream.ReadExactly(got.AsSpan(Record + 1));
        Assert.That(got, Is.EqualTo(sent));
    }

    [Test]
    public async Task What_is_held_goes_out_in_one_write()
    {
        var line = new Line([]);
        await using var stream = new BatchingStream(line);
        byte[] sent = Bytes(4 * Record);
        stream.Hold();
        for (int i = 0; i < 4; i++)
        {
            await stream.WriteAsync(sent.AsMemory(i * Record, Record));
        }

        Assert.That(line.Written, Is.Empty);
        await stream.ReleaseAsync();
        Assert.That(line.Written, Has.Count.EqualTo(1));
        Assert.That(line.Written[0], Is.EqualTo(sent));
    }

    [Test]
    public async Task More_than_is_held_goes_out_in_order()
    {
        var line = new Line([]);
        await using var stream = new BatchingStream(line);
        byte[] sent = Bytes(11 * Record);
        stream.Hold();
        for (int i = 0; i < 11; i++)
        {
            await stream.WriteAsync(sent.AsMemory(i * Record, Record));
        }

        await stream.ReleaseAsync();
        await stream.WriteAsync(new byte[] { 1 });
        Assert.That(line.Written.SelectMany(piece => piece), Is.EqualTo(sent.Append((byte)1)));
    }

    [Test]
    public async Task Without_a_hold_each_write_goes_at_once()
    {
        var line = new Line([]);
        await using var stream = new BatchingStream(line);
        stream.Hold();
        await stream.ReleaseAsync();
        await stream.WriteAsync(new byte[] { 1 });
        await stream.WriteAsync(new byte[] { 2 });
        Assert.That(line.Written, Has.Count.EqualTo(2));
    }

    private static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Gives what it has, as much as is asked for, and keeps what is written.</summary>
    private sealed class Line(byte[] bytes) : SequentialStream
    {
        private int _at;

        public int Reads { get; private set; }

        public List<byte[]> Written { get; } = [];

        public override int Read(byte[] buffer, int offset, int count)
        {
            Reads++;
            int given = Math.Min(count, bytes.Length - _at);
            bytes.AsSpan(_at, given).CopyTo(buffer.AsSpan(offset));
            _at += given;
            return given;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            byte[] read = new byte[buffer.Length];
            int count = Read(read, 0, read.Length);
            read.AsMemory(0, count).CopyTo(buffer);
            return count;
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Written.Add(buffer.ToArray());
        }
    }
}
