using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;
using Railgun.Sender.Tests.Exchanges;

namespace Railgun.Sender.Tests.Coding;

internal sealed class PieceReaderTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31))];

    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(16 * 1024)]
    [TestCase(PieceReader.MaxPiece)]
    public async Task Pieces_are_as_long_as_asked_for_and_together_the_body(int length)
    {
        byte[] body = Bytes[..Math.Min(Bytes.Length, length * 50)];
        FakeAnswer answer = new FakeAnswer().Data(body.AsSpan(0, body.Length / 3)).Data(body.AsSpan(body.Length / 3)).End();
        using PieceReader reader = new(answer, TimeProvider.System, live: false, expected: null);
        using MemoryStream read = new();
        while (true)
        {
            PieceEnd end = await reader.ReadAsync(length, holding: true);
            read.Write(reader.Piece.Span);
            if (end == PieceEnd.Body)
            {
                break;
            }

            Assert.That((end, reader.Piece.Length), Is.EqualTo((PieceEnd.Full, length)));
        }

        Assert.That(read.ToArray(), Is.EqualTo(body));
        Assert.That(reader.Total, Is.EqualTo(body.Length));
    }

    [Test]
    public async Task A_read_that_is_under_way_at_a_pause_is_not_lost()
    {
        FakeTimeProvider time = new();
        FakeAnswer answer = new FakeAnswer().Data(Bytes.AsSpan(0, 10));
        using PieceReader reader = new(answer, time, live: false, expected: null);
        Task<PieceEnd> first = reader.ReadAsync(1000, holding: true).AsTask();
        time.Advance(PieceReader.Silence);
        Assert.That(await first, Is.EqualTo(PieceEnd.Pause));
        Assert.That(reader.Piece.ToArray(), Is.EqualTo(Bytes[..10]));

        Task<PieceEnd> second = reader.ReadAsync(1000, holding: false).AsTask();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(second.IsCompleted, Is.False, "Nothing is held, so nothing is to be flushed.");
        answer.Data(Bytes.AsSpan(10, 10)).End();
        Assert.That(await second.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(PieceEnd.Body));
        Assert.That(reader.Piece.ToArray(), Is.EqualTo(Bytes[10..20]));
    }

    [Test]
    public async Task A_timer_that_fires_late_does_not_end_a_wait_for_bytes()
    {
        LateTimers time = new();
        FakeAnswer answer = new FakeAnswer().Data(Bytes.AsSpan(0, 10));
        using PieceReader reader = new(new Pooled(answer), time, live: false, expected: null);
        Task<PieceEnd> first = reader.ReadAsync(1000, holding: true).AsTask();
        time.Fire();
        Assert.That(await first, Is.EqualTo(PieceEnd.Pause));

        Task<PieceEnd> second = reader.ReadAsync(1000, holding: false).AsTask();
        time.Fire();
        Assert.That(second.IsCompleted, Is.False);
        answer.Data(Bytes.AsSpan(10, 10)).End();
        Assert.That(await second.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(PieceEnd.Body));
        Assert.That(reader.Piece.ToArray(), Is.EqualTo(Bytes[10..20]));
    }

    [Test]
    public async Task A_live_body_ends_a_piece_at_every_gap()
    {
        FakeTimeProvider time = new();
        FakeAnswer answer = new FakeAnswer().Data(Bytes.AsSpan(0, 10));
        using PieceReader reader = new(answer, time, live: true, expected: null);
        Assert.That(await reader.ReadAsync(1000, holding: false), Is.EqualTo(PieceEnd.Pause));
        Assert.That(reader.Piece.Length, Is.EqualTo(10));
        Task<PieceEnd> second = reader.ReadAsync(1000, holding: false).AsTask();
        answer.Data(Bytes.AsSpan(10, 5));
        Assert.That(await second.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(PieceEnd.Pause));
        Assert.That(reader.Piece.Length, Is.EqualTo(5));
        answer.End();
    }

    [Test]
    public async Task A_failure_ends_it_with_its_reason()
    {
        FakeAnswer answer = new FakeAnswer().Data(Bytes.AsSpan(0, 10)).Fail(OriginFailureKind.BodyBroken, "gone");
        using PieceReader reader = new(answer, TimeProvider.System, live: false, expected: 20);
        Assert.That(await reader.ReadAsync(1000, holding: true), Is.EqualTo(PieceEnd.Failed));
        Assert.That(reader.Failure!.Reason, Is.EqualTo("gone"));
    }

    /// <summary>Reads as the origin's exchange does: what one gives can be taken once, and not before it has come.</summary>
    private sealed class Pooled(FakeAnswer answer) : IOriginExchange
    {
        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public async ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer) => await answer.ReadAsync(buffer);

        public ValueTask DisposeAsync() => answer.DisposeAsync();
    }
}
