using System.Net.Sockets;
using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;
using Railgun.Sender.Origin.Http1;

namespace Railgun.Fuzz.Targets.Answers;

/// <summary>
/// What an origin may answer over HTTP/1.1: the first byte says what was asked, the second how the network cuts the rest. However it is cut, it must mean the same; what is accepted means the
/// same to every lenient reader, and again when it is written anew; a connection on which more has come than the answer is not kept.
/// </summary>
internal sealed class AnswersTarget : IFuzzTarget
{
    private const int MostBytes = 100 * 1024;

    private static readonly OriginAddress Address = new("origin", 80, Tls: false);
    private static readonly OriginOptions Options = new();
    private static readonly OriginFault Fault = new(Address, Options);
    private static readonly StillTime Time = new();
    private static readonly int[] Rooms = [16 * 1024, 1, 60, 5000];

    // Never connected: nothing but its end is looked at, and that is not asked for here.
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    /// <inheritdoc/>
    public string Name => "answers";

    /// <inheritdoc/>
    public int MaxInput => 4 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 128 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds() => AnswerSeeds.All();

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        byte[] bytes = Stretch(input.AsSpan(2));
        RequestHead question = Question(input[0]);
        int room = Rooms[(input[0] >> 4) & 3];
        HeardAnswer whole = Hear(question, bytes, cut: 0, room);
        HeardAnswer cut = Hear(question, bytes, input[1], room);
        CheckCuts(whole, cut);
        if (whole.Failure is null)
        {
            CheckLenient(whole, question, bytes);
            CheckRewritten(whole, question, room);
        }
    }

    // Long heads and bodies in few bytes: an ACK stands for 8 KB of text, a BEL for 64 field lines.
    private static byte[] Stretch(ReadOnlySpan<byte> told)
    {
        const int Text = 8 * 1024, Lines = 64;
        var bytes = new List<byte>(told.Length);
        foreach (byte next in told)
        {
            if (bytes.Count < MostBytes && next is 6 or 7)
            {
                bytes.AddRange(next == 6 ? Enumerable.Repeat((byte)'x', Text) : Enumerable.Repeat("a:b\r\n"u8.ToArray(), Lines).SelectMany(static line => line));
            }
            else
            {
                bytes.Add(next);
            }
        }

        return [.. bytes];
    }

    private static RequestHead Question(byte how)
    {
        RequestHead get = Conversation.Request("/");
        return (how & 3) switch
        {
            1 => new RequestHead { Method = "HEAD", Scheme = get.Scheme, Authority = get.Authority, Target = get.Target, Fields = get.Fields },
            2 => new RequestHead { Method = "GET", Scheme = get.Scheme, Authority = get.Authority, Target = get.Target, Fields = get.Fields, Protocol = "websocket" },
            _ => get,
        };
    }

    private HeardAnswer Hear(RequestHead question, byte[] bytes, byte cut, int room)
    {
        using var stream = new CutInput(bytes, cut);
        using var pool = new ConnectionPool(_ => ValueTask.FromResult((_socket, (Stream)stream)), Options, Time);
        var tools = new Http1Tools(Address, Options, Fault, pool, Time);
        var heard = new HeardAnswer();
        var exchange = new Http1Exchange(tools, question, null, new Deadline(Time, CancellationToken.None));
        exchange.Begin();
        byte[] buffer = new byte[room];
        while (heard.Take(exchange.ReadAsync(buffer).AsTask().GetAwaiter().GetResult(), buffer))
        {
        }

        exchange.DisposeAsync().AsTask().GetAwaiter().GetResult();
        heard.IsKept = !stream.IsClosed && stream.Taken == bytes.Length;
        return heard;
    }

    private static void CheckCuts(HeardAnswer whole, HeardAnswer cut)
    {
        if (IsExcess(whole) || IsExcess(cut))
        {
            // What stands behind an answer is refused where it has come with it; later it costs the connection.
            FuzzFailureException.ThrowUnless(!whole.IsKept && !cut.IsKept, "a connection with bytes behind its answer is kept");
            return;
        }

        FuzzFailureException.ThrowUnless(whole.Failure == cut.Failure, $"cut otherwise it is '{cut.Failure}', not '{whole.Failure}'");
        FuzzFailureException.ThrowUnless(whole.Heads() == cut.Heads() && whole.Body.SequenceEqual(cut.Body), "cut otherwise it is another answer");
        FuzzFailureException.ThrowUnless(whole.IsKept == cut.IsKept, "cut otherwise the connection has another end");
        FuzzFailureException.ThrowUnless(!whole.IsKept || whole.Failure is null, "a connection is kept after a failure");
    }

    private static bool IsExcess(HeardAnswer heard) =>
        heard.Failure is { } failure && (failure.Contains("stands behind", StringComparison.Ordinal) || failure.Contains("bytes follow a", StringComparison.Ordinal));

    private static void CheckLenient(HeardAnswer whole, RequestHead question, byte[] bytes)
    {
        for (int habits = 0; habits < LenientReader.Count; habits++)
        {
            byte[]? read = new LenientReader(habits).Read(bytes, question.Method == "HEAD", out int end);
            FuzzFailureException.ThrowUnless(read is not null && whole.Body.SequenceEqual(read), $"a reader with habits {habits} reads another body");
            FuzzFailureException.ThrowUnless(!whole.IsKept || end == bytes.Length, $"to a reader with habits {habits} something stands behind the answer");
        }
    }

    private void CheckRewritten(HeardAnswer whole, RequestHead question, int room)
    {
        int status = whole.Head!.Status;
        foreach (ResponseHead head in (ResponseHead[])[.. whole.Informational, whole.Head])
        {
            FuzzFailureException.ThrowUnless(HeadCheck.Problem(head) is null, "a head passes that can't cross the link");
            FuzzFailureException.ThrowUnless(ReferenceEquals(HopByHop.Without(head.Fields), head.Fields), "a field of the connection passes");
        }

        if (status == 101)
        {
            return;
        }

        bool hasBody = question.Method != "HEAD" && status is not (204 or 304);
        HeardAnswer again = Hear(question, whole.Rewrite(hasBody), cut: 0, room);
        FuzzFailureException.ThrowUnless(again.Failure is null && again.Heads() == whole.Heads() && again.Body.SequenceEqual(whole.Body), $"written anew it is another answer: {again.Failure}");
    }
}
