using System.Runtime.CompilerServices;
using Railgun.Protocol.Heads;

namespace Railgun.Sender.Origin.Http1;

/// <summary>Reads the body of an answer, whatever frames it, into the asker's buffer.</summary>
internal sealed class BodyReader(
    OriginConnection connection, Deadline deadline, OriginFault fault, AnswerFraming framing, TimeSpan silence, Func<OriginFailure?> whoseFault, int status)
{
    private TimeSpan _silence = silence;
    private long _remaining = framing.Length;
    private ChunkedReader _chunks;
    private HeadScanner _trailers;

    /// <summary>Whether the whole body was read.</summary>
    public bool IsComplete { get; private set; } = framing.Framing == BodyFraming.None;

    /// <summary>Whether the connection may serve again after a complete body.</summary>
    public bool KeepAlive => framing.KeepAlive;

    /// <summary>
    /// What is wrong with bytes that have come with a head, where none or fewer may be: a second answer, perhaps, that somebody smuggled into a field. A length that was counted too short, as
    /// careless origins do, is none such: what is announced passes, the rest is nobody's, and the connection serves no more.
    /// </summary>
    public static string? Excess(int status, in AnswerFraming framing, ReadOnlySpan<byte> waiting) =>
        framing.Framing == BodyFraming.Length && waiting.Length > framing.Length && waiting[(int)framing.Length..].StartsWith("HTTP/"u8)
            ? $"another answer stands behind the {framing.Length} bytes announced"
        : framing.Framing == BodyFraming.None && !waiting.IsEmpty && status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified
            ? $"bytes follow a {status}, which has no body"
        : null;

    /// <summary>How long the origin may be silent from now on.</summary>
    public void AllowSilence(TimeSpan allowed)
    {
        _silence = allowed;
        deadline.AwaitBody(allowed);
    }

    /// <summary>The next step.</summary>
    public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer) => framing.Framing switch
    {
        BodyFraming.None => ValueTask.FromResult(new OriginEvent { Kind = OriginEventKind.End }),
        BodyFraming.Chunked => ReadChunkedAsync(buffer),
        _ => ReadPlainAsync(buffer),
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginEvent> ReadPlainAsync(Memory<byte> buffer)
    {
        bool isBounded = framing.Framing == BodyFraming.Length;
        if (isBounded && _remaining == 0)
        {
            return new OriginEvent { Kind = OriginEventKind.End };
        }

        try
        {
            int length = await WaitAsync(connection.ReadAsync(isBounded && _remaining < buffer.Length ? buffer[..(int)_remaining] : buffer, deadline.Token));
            if (length == 0)
            {
                IsComplete = !isBounded;
                return isBounded ? Broken($"{_remaining} bytes are missing") : new OriginEvent { Kind = OriginEventKind.End };
            }

            _remaining -= isBounded ? length : 0;
            IsComplete = isBounded && _remaining == 0;
            return Data(length, IsComplete);
        }
        catch (Exception e)
        {
            return Failed(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OriginEvent> ReadChunkedAsync(Memory<byte> buffer)
    {
        try
        {
            while (true)
            {
                ChunkStep step = _chunks.Read(connection.Input, out int consumed);
                connection.Take(consumed);
                switch (step)
                {
                    case ChunkStep.Data:
                        int length = await WaitAsync(connection.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _chunks.Remaining)], deadline.Token));
                        _chunks.Took(length);
                        return length == 0 ? Broken("the last chunk is missing") : Data(length, last: false);
                    case ChunkStep.Refused:
                        return Broken(_chunks.Problem!);
                    case ChunkStep.Trailers when _trailers.Scan(connection.Input, out int end) is var found && found != HeadScan.More:
                        return found == HeadScan.Done ? End(end) : Broken("its trailer section " + _trailers.Problem);
                }

                if (await WaitAsync(connection.FillAsync(deadline.Token)) == 0)
                {
                    return Broken("the last chunk is missing");
                }
            }
        }
        catch (Exception e)
        {
            return Failed(e);
        }
    }

    private OriginEvent Data(int length, bool last) => status == StatusCodes.Status205ResetContent
        ? Broken("a 205 has a body")
        : new OriginEvent { Kind = OriginEventKind.Data, Length = length, Last = last };

    private OriginEvent End(int sectionLength)
    {
        const int EmptyLine = 2;
        FieldList? trailers = null;
        if (sectionLength > EmptyLine)
        {
            FieldList all = new();
            if (FieldLines.Read(connection.Input[..(sectionLength - EmptyLine)], all) is { } problem)
            {
                return Broken("its trailer section " + problem);
            }

            trailers = TrailerFields.Passed(all);
            if (HeadCheck.Problem(trailers) is { } uncrossable)
            {
                return Broken("its trailer section: " + uncrossable);
            }
        }

        connection.Take(sectionLength);
        IsComplete = true;
        return new OriginEvent { Kind = OriginEventKind.End, Trailers = trailers is { Count: > 0 } ? trailers : null };
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read)
    {
        if (read.IsCompletedSuccessfully)
        {
            return read.Result;
        }

        deadline.AwaitBody(_silence);
        int length = await read;
        deadline.BodyCame();
        return length;
    }

    private OriginEvent Broken(string how)
    {
        IsComplete = false;
        return OriginEvent.Failed(whoseFault() ?? fault.BrokenBody(how));
    }

    private OriginEvent Failed(Exception exception) => OriginEvent.Failed(whoseFault() ?? fault.InBody(exception, deadline));
}
