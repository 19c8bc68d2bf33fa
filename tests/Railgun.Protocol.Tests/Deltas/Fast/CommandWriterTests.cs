using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Tests.Deltas.Fast;

/// <summary>Commands are written within the room that there is, or not at all, however many bits each takes.</summary>
internal sealed unsafe class CommandWriterTests
{
    private const byte Mark = 0xA5;
    private const int Guard = 64;

    // More than any command takes, with all that is written behind it for a while.
    private const int Spare = 32;

    // As far back as can be, as long as can be; the last one fills the segment.
    private static readonly FastCommand[] Longest =
        [.. Enumerable.Range(0, 9).Select(i => new FastCommand(100_000 + i, 100_000, FastModel.Far + 1, Address.Jump(-(1 << 28) + 2 + i), ToEnd: false))];

    private readonly FastModel _model = new(reads: false);

    private readonly byte[] _aside = GC.AllocateArray<byte>(1024, pinned: true);

    [Test]
    public void One_behind_the_other() => AssertKeepsToRoom((output, end) => CommandWriter.Write(new BitWriter(output), _model, new Tally(_model), Longest, output, end));

    [Test]
    public void In_turns_to_the_first_stream() => AssertKeepsToRoom((output, end) => CommandWriter.WriteInTurns(_model, new Tally(_model), Longest, output, end, Aside, Aside + _aside.Length).First);

    [Test]
    public void In_turns_to_the_second_stream() => AssertKeepsToRoom((output, end) => CommandWriter.WriteInTurns(_model, new Tally(_model), Longest, Aside, Aside + _aside.Length, output, end).Second);

    private byte* Aside => Pinned.AddressOf(_aside);

    private delegate int Writing(byte* output, byte* end);

    private void AssertKeepsToRoom(Writing write)
    {
        byte[] whole = new byte[1024];
        int size = Write(write, whole, whole.Length);
        Assert.That(size, Is.GreaterThan(Longest.Length / 2));
        for (int room = 0; room < size + Spare; room++)
        {
            byte[] output = new byte[room + Guard];
            output.AsSpan().Fill(Mark);
            int written = Write(write, output, room);
            Assert.That(output.AsSpan(room).IndexOfAnyExcept(Mark), Is.Negative, $"{room} bytes of room");
            Assert.That(written, room < size ? Is.EqualTo(-1) : Is.AnyOf(-1, size));
            Assert.That(written < 0 || output.AsSpan(0, size).SequenceEqual(whole.AsSpan(0, size)), Is.True);
        }

        Assert.That(Write(write, new byte[size + Spare], size + Spare), Is.EqualTo(size));
    }

    private int Write(Writing write, byte[] output, int room)
    {
        _model.Start();
        fixed (byte* start = output)
        {
            return write(start, start + room);
        }
    }
}
