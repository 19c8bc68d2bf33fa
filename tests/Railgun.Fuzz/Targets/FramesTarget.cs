using System.IO.Pipelines;
using Railgun.Listener.Clients.Http2;
using Railgun.TestKit;

namespace Railgun.Fuzz.Targets;

/// <summary>
/// What a client sends over HTTP/2, as the watcher of its frames sees it: the first byte says how the network cuts it and how much of it is read again, the second what the connection has been given
/// and taken before. However it is cut, the points are those of a plain count.
/// </summary>
internal sealed class FramesTarget : IFuzzTarget
{
    private const int PrefaceSize = 24;
    private const int HeaderSize = 9;

    private static readonly StillTime Time = new();

    /// <inheritdoc/>
    public string Name => "frames";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 8 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        const byte Padded = 8, Ack = 1;
        H2Frames frames = new H2Frames()
            .Add(H2Frames.Settings, Ack, 0, []).Add(H2Frames.WindowUpdate, 0, 0, [0, 1, 0, 0]).AddHead(1, false, (":method", "POST"), (":path", "/"))
            .AddData(1, false, "some bytes").Add(H2Frames.Data, 0, 1, []).Add(H2Frames.Data, Padded, 1, [2, 65, 0, 0]).Add(H2Frames.Data, Padded, 1, [3, 0, 0, 0])
            .Add(H2Frames.Data, Padded, 1, [0]).Add(H2Frames.Data, Padded | H2Frames.EndStream, 1, [1, 0]).Add(H2Frames.RstStream, 0, 1, [0, 0, 0, 8])
            .Add(H2Frames.Ping, 0, 0, new byte[8]).Add(H2Frames.Continuation, 4, 1, new byte[70]).Add(0x2A, 0xFF, 7, new byte[300]).Add(H2Frames.WindowUpdate, 0, 1, [0, 0, 9, 9]);
        foreach (byte cut in (byte[])[0, 1, 9, 10, 90, 200])
        {
            foreach (byte past in (byte[])[0, 0x13, 0xF0, 0xF4])
            {
                yield return [cut, past, .. H2Frames.Preface, .. frames.ToArray()];
            }
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        (ConnectionAccount account, int points, int updates) = Account(input[1]);
        bool refused = Watch(input, account);
        (int counted, bool tooMany) = Count(input.AsSpan(2), points, updates);
        FuzzFailureException.ThrowUnless(refused == tooMany && account.Points == counted, $"{account.Points} points were taken, and {counted} counted");
    }

    // Up to 15 pieces of some KB were given, and up to 1,020 points taken.
    private static (ConnectionAccount Account, int Points, int Updates) Account(byte past)
    {
        const int Piece = 10_000;
        var account = new ConnectionAccount(Time);
        int pieces = past & 15;
        for (int i = 0; i < pieces; i++)
        {
            account.Given(Piece);
        }

        int points = (past >> 4) * 68;
        account.TryTake(points);
        return (account, points, pieces * (ConnectionAccount.UpdatesForAPiece + (Piece / ConnectionAccount.BytesForAnUpdate)));
    }

    // As Kestrel reads: what it can't use yet it looks at again.
    private static bool Watch(byte[] input, ConnectionAccount account)
    {
        using var bytes = new CutInput(input[2..], input[0]);
        bool refused = false;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var watched = new WatchedInput(pipe.Reader, new FrameWatch(account), () => refused = true);
        var piece = new byte[input.Length];
        int left = 0;
        for (int length = bytes.Read(piece, 0, piece.Length); length > 0 && !refused; length = bytes.Read(piece, 0, piece.Length))
        {
            piece.AsSpan(0, length).CopyTo(pipe.Writer.GetSpan(length));
            pipe.Writer.Advance(length);
            pipe.Writer.FlushAsync().AsTask().GetAwaiter().GetResult();
            if (watched.TryRead(out ReadResult read))
            {
                left = (int)Math.Min(read.Buffer.Length, (left + input[0]) % HeaderSize);
                watched.AdvanceTo(read.Buffer.GetPosition(read.Buffer.Length - left), read.Buffer.End);
            }
        }

        pipe.Writer.Complete();
        pipe.Reader.Complete();
        return refused;
    }

    private static (int Points, bool TooMany) Count(ReadOnlySpan<byte> bytes, int points, int updates)
    {
        ReadOnlySpan<byte> rest = bytes.Length < PrefaceSize ? default : bytes[PrefaceSize..];
        while (rest.Length >= HeaderSize && points <= ConnectionAccount.MostPoints)
        {
            int length = (rest[0] << 16) | (rest[1] << 8) | rest[2];
            (byte type, byte flags) = (rest[3], rest[4]);
            rest = rest[HeaderSize..];
            bool isOpenPadded = type == H2Frames.Data && (flags & 9) == 8 && length > 0;
            if (isOpenPadded && rest.IsEmpty)
            {
                break;
            }

            bool isEmpty = isOpenPadded ? rest[0] >= length - 1 : length == 0 && (flags & H2Frames.EndStream) == 0;
            bool isFree = type == H2Frames.WindowUpdate ? updates-- > 0 : type == H2Frames.Data && !isEmpty;
            points += isFree ? 0 : 1;
            rest = rest[Math.Min(length, rest.Length)..];
        }

        return (points, points > ConnectionAccount.MostPoints);
    }
}
