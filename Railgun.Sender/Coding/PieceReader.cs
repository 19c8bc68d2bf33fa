using System.Buffers;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>
/// Reads the origin's body piece by piece (step 6). A piece is as long as asked for, unless the origin pauses: then it ends after 1 ms of silence, or at
/// once where the body has turned out to be a stream. So nothing is held back for long, and nothing is sent in crumbs. Owns one pooled buffer.
/// </summary>
internal sealed class PieceReader : IDisposable
{
    /// <summary>The longest piece, in bytes.</summary>
    public const int MaxPiece = Limits.MaxSegmentTarget;

    /// <summary>
    /// So many pauses make a stream: from then on every gap counts. Not the first one, for many pages pause once or twice while the origin thinks, and
    /// what comes after that, packet by packet, would go out in crumbs.
    /// </summary>
    public const int PausesOfAStream = 4;

    /// <summary>How long an origin may be silent before what came so far goes out.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// … and where the rest of a body that makes one piece is announced: an origin that is busy pauses between packets, and a body in one segment is a better base for those behind it.
    /// </summary>
    public static readonly TimeSpan SilenceBeforeRest = TimeSpan.FromMilliseconds(4);

    private const int FirstBuffer = 16 * 1024;

    private readonly IOriginExchange _origin;
    private readonly SilenceWatch _watch;
    private readonly int _firstBuffer;
    private readonly long _expected;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _pending;
    private int _pauses;
    private PieceEnd? _over;

    /// <summary>Makes a reader that has read nothing.</summary>
    /// <param name="origin">Its head has been read.</param>
    /// <param name="time">Measures the silence.</param>
    /// <param name="live">Whether the body is known for a stream from the start.</param>
    /// <param name="expected">The length of the body, where it is known.</param>
    public PieceReader(IOriginExchange origin, TimeProvider time, bool live, long? expected)
    {
        _origin = origin;
        _watch = new SilenceWatch(time);
        _pauses = live ? PausesOfAStream : 0;
        _expected = expected ?? 0;
        _firstBuffer = (int)Math.Clamp(expected ?? FirstBuffer, 1, MaxPiece);
    }

    /// <summary>The piece; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Piece => _buffer.AsMemory(_start, Length);

    /// <summary>Bytes read so far.</summary>
    public long Total { get; private set; }

    /// <summary>The trailers, after <see cref="PieceEnd.Body"/>.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>Why, after <see cref="PieceEnd.Failed"/>.</summary>
    public OriginFailure? Failure { get; private set; }

    private int Length => _end - _start;

    /// <summary>Drops the last piece and reads the next one.</summary>
    /// <param name="length">How long it may become, 1 to <see cref="MaxPiece"/>.</param>
    /// <param name="holding">Whether something waits to be flushed: without that there is no use in an empty piece.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PieceEnd> ReadAsync(int length, bool holding)
    {
        _start = _end;
        while (_over is null && Length < length)
        {
            if (!_pending)
            {
                BeginRead(length);
                continue;
            }

            if ((holding || Length > 0) && !await ComesSoonAsync())
            {
                _pauses++;
                return PieceEnd.Pause;
            }

            while (!await _watch.CameAsync(Timeout.InfiniteTimeSpan))
            {
                // The timer of the wait before fired late.
            }

            _pending = false;
            Accept(_watch.Take());
        }

        return _over ?? PieceEnd.Full;
    }

    /// <summary>Gives the buffer back; the origin's exchange must have been disposed before, so that nothing writes into it any more.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        if (!_pending)
        {
            Return();
        }
    }

    private ValueTask<bool> ComesSoonAsync() =>
        _pauses >= PausesOfAStream ? ValueTask.FromResult(_watch.HasCome) : _watch.CameAsync(IsRestComing ? SilenceBeforeRest : Silence);

    private bool IsRestComing => _pauses == 0 && Total > 0 && Total < _expected && _expected <= MaxPiece;

    private void BeginRead(int length)
    {
        MakeRoom(length);
        ValueTask<OriginEvent> read = _origin.ReadAsync(_buffer.AsMemory(_end, Math.Min(_buffer.Length - _end, length - Length)));
        if (read.IsCompleted)
        {
            Accept(read.Result);
            return;
        }

        _pending = true;
        _watch.Watch(read);
    }

    private void Accept(in OriginEvent next)
    {
        switch (next.Kind)
        {
            case OriginEventKind.Data:
                _end += next.Length;
                Total += next.Length;
                _over = next.Last ? PieceEnd.Body : null;
                break;
            case OriginEventKind.End:
                Trailers = next.Trailers;
                _over = PieceEnd.Body;
                break;
            default:
                Failure = next.Failure;
                _over = PieceEnd.Failed;
                break;
        }
    }

    // No read is under way, so what is there of the piece may move: to the front of the buffer, or to a larger one.
    private void MakeRoom(int length)
    {
        if (_end < _buffer.Length && _buffer.Length - _start >= Math.Min(length, _buffer.Length))
        {
            return;
        }

        int size = _buffer.Length == 0 ? Math.Min(_firstBuffer, length) : Length * 2 > _buffer.Length ? _buffer.Length * 2 : _buffer.Length;
        byte[] target = size <= _buffer.Length ? _buffer : ArrayPool<byte>.Shared.Rent(size);
        Piece.CopyTo(target);
        if (target != _buffer)
        {
            Return();
            _buffer = target;
        }

        _end = Length;
        _start = 0;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
    }
}
