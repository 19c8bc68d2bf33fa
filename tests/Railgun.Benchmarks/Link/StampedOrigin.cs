using System.Globalization;
using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Benchmarks.Link;

/// <summary>
/// An origin in memory. Each of its answers is the same body but for a number, another each time, that stands in every <see cref="Every"/> bytes: no two are alike, so that both ends hash, index and
/// store each anew.
/// </summary>
/// <param name="type">The bodies' media type.</param>
/// <param name="body">What they are made of.</param>
internal sealed class StampedOrigin(string type, byte[] body) : IOrigin
{
    /// <summary>From one stamp to the next, in bytes.</summary>
    public const int Every = 4096;

    /// <summary>The target whose body is called packed, so that nobody codes it.</summary>
    public const string Packed = "/packed";

    private long _answers;

    /// <inheritdoc/>
    public IOriginExchange Ask(RequestHead head, IRequestBody? upload, CancellationToken abandoned) => 
        new Answer(head.Target == Packed ? "application/zip" : type, body, Interlocked.Increment(ref _answers));

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Answer(string type, byte[] body, long number) : IOriginExchange
    {
        private readonly byte[] _stamp = Encoding.ASCII.GetBytes(number.ToString("x16", CultureInfo.InvariantCulture));
        private bool _begun;
        private int _at;

        public ValueTask<OriginEvent> ReadAsync(Memory<byte> buffer)
        {
            if (!_begun)
            {
                _begun = true;
                var head = new ResponseHead { Status = 200 };
                head.Fields.Add("Content-Type", type);
                head.Fields.Add("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
                return ValueTask.FromResult(new OriginEvent { Kind = OriginEventKind.Head, Head = head });
            }

            if (_at == body.Length)
            {
                return ValueTask.FromResult(new OriginEvent { Kind = OriginEventKind.End });
            }

            int count = Fill(buffer.Span);
            return ValueTask.FromResult(new OriginEvent { Kind = OriginEventKind.Data, Length = count, Last = _at == body.Length });
        }

        public ValueTask DisposeAsync() => default;

        private int Fill(Span<byte> buffer)
        {
            int begin = _at;
            int count = Math.Min(buffer.Length, body.Length - begin);
            body.AsSpan(begin, count).CopyTo(buffer);
            _at += count;
            for (int stamp = begin - (begin % Every); stamp < _at; stamp += Every)
            {
                for (int i = Math.Max(stamp, begin); i < Math.Min(stamp + _stamp.Length, _at); i++)
                {
                    buffer[i - begin] = _stamp[i - stamp];
                }
            }

            return count;
        }
    }
}
