namespace Railgun.Protocol.Engine;

/// <summary>
/// The part of a coded response's target that the listener has not yet proved, kept by the sender so that it can be sent again as it is.
/// Bounded: past the bound the oldest part goes, and a want for it can only be answered by a reset (design: decision 7).
/// </summary>
internal sealed class Retention
{
    /// <summary>The most that one stream retains, in bytes.</summary>
    public const int MaxPerStream = 1 << 20;

    private readonly Queue<Payload> _pieces = new(0);

    /// <summary>Offset in the target of the first byte retained.</summary>
    public long Start { get; private set; }

    /// <summary>Offset in the target behind the last byte retained.</summary>
    public long End { get; private set; }

    /// <summary>Bytes retained.</summary>
    public int Bytes => (int)(End - Start);

    /// <summary>Appends the next piece of the target, making room within the bound; returns by how much <see cref="Bytes"/> changed.</summary>
    public int Append(ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty)
        {
            // The last segment may stand for no target at all; an empty piece would later be a DATA frame without a byte.
            return 0;
        }

        int before = Bytes;
        while (_pieces.Count > 0 && Bytes + target.Length > MaxPerStream)
        {
            DropFirst();
        }

        _pieces.Enqueue(Payload.Copy(target));
        End += target.Length;
        return Bytes - before;
    }

    /// <summary>Lets go of all whole pieces before <paramref name="offset"/>; returns by how much <see cref="Bytes"/> shrank.</summary>
    public int Release(long offset)
    {
        int before = Bytes;
        while (_pieces.Count > 0 && Start + _pieces.Peek().Length <= offset)
        {
            DropFirst();
        }

        return before - Bytes;
    }

    /// <summary>Whether the target from <paramref name="offset"/> on is all here.</summary>
    public bool Covers(long offset) => offset >= Start && offset <= End;

    /// <summary>Takes the pieces out from <paramref name="offset"/> on, as copies queued by <paramref name="queue"/>, and lets go of everything.</summary>
    public void TakeFrom(long offset, Action<Payload> queue)
    {
        while (_pieces.TryDequeue(out Payload piece))
        {
            long skip = Math.Max(0, offset - Start);
            Start += piece.Length;
            if (skip == 0)
            {
                queue(piece);
                continue;
            }

            if (skip < piece.Length)
            {
                queue(Payload.Copy(piece.Span[(int)skip..]));
            }

            piece.Dispose();
        }
    }

    /// <summary>Lets go of everything; returns how many bytes that was.</summary>
    public int Clear()
    {
        int before = Bytes;
        while (_pieces.Count > 0)
        {
            DropFirst();
        }

        return before;
    }

    private void DropFirst()
    {
        Payload piece = _pieces.Dequeue();
        Start += piece.Length;
        piece.Dispose();
    }
}
