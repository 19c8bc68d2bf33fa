using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads segments at the fast level.</summary>
internal sealed unsafe class FastReader : ISegmentReader
{
    private readonly FastModel _model = new();

    /// <inheritdoc/>
    public void Start(int first, int second) => _model.Start(first, second);

    /// <inheritdoc/>
    public DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        fixed (byte* bytes = payload)
        {
            var reader = new BitReader(bytes, payload.Length);
            int left = DeltaLimits.MaxSegmentTarget;
            while (left > 0)
            {
                reader.Fill();
                int symbol = _model.Commands.Take(ref reader);
                int run = ReadRun(ref reader, symbol % FastModel.RunSteps);
                if (run > 0)
                {
                    if (run > left)
                    {
                        return DeltaStatus.Invalid;
                    }

                    if (run > most)
                    {
                        return DeltaStatus.LimitExceeded;
                    }

                    ReadBytes(ref reader, _model.BytesAgainst(first, second), history, run);
                    left -= run;
                    most -= run;
                    if (left == 0)
                    {
                        break;
                    }
                }

                int kind = KindOf(symbol / FastModel.RunSteps, history.Total);
                if (kind == FastModel.End)
                {
                    break;
                }

                DeltaStatus status = ReadCopy(ref reader, kind, history.Total, left, out Command copy);
                if (status != DeltaStatus.SegmentEnd)
                {
                    return status;
                }

                if (copy.Length > most)
                {
                    return DeltaStatus.LimitExceeded;
                }

                CopyRules.Carry(copy, first, second, history);
                left -= copy.Length;
                most -= copy.Length;
            }

            reader.Fill();
            return reader.Take(1) == 0 ? DeltaStatus.End : DeltaStatus.SegmentEnd;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Where nothing can be aligned with the last track, that kind and the end change places.</summary>
    private int KindOf(int said, long at)
    {
        if (said is not (FastModel.Aligned or FastModel.End))
        {
            return said;
        }

        Track track = _model.Tracks[0];
        return _model.IsThere(track.Source, at - track.Shift, at) ? said : FastModel.End - said;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadRun(ref BitReader reader, int step)
    {
        if (step < FastModel.LongRun)
        {
            return FastModel.RunBases[step] + (int)reader.Take(FastModel.RunBits[step]);
        }

        int log = Math.Min(FastModel.LongestRunLog, (int)reader.Take(FastModel.LongRunLogBits));
        return FastModel.RunBases[step] - 1 + (1 << log) + (int)reader.Take(log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadBytes(ref BitReader reader, AdaptiveCode code, History history, int run)
    {
        history.Reserve(run);
        fixed (byte* bytes = &history.Bytes[history.End])
        {
            byte* at = bytes;
            for (int left = run; left > 0; left -= FastModel.Chunk)
            {
                int count = Math.Min(FastModel.Chunk, left);
                int i = 0;
                for (; i <= count - 4; i += 4)
                {
                    reader.Fill();
                    at[i] = (byte)code.TakeUncounted(ref reader);
                    at[i + 1] = (byte)code.TakeUncounted(ref reader);
                    at[i + 2] = (byte)code.TakeUncounted(ref reader);
                    at[i + 3] = (byte)code.TakeUncounted(ref reader);
                }

                reader.Fill();
                for (; i < count; i++)
                {
                    at[i] = (byte)code.TakeUncounted(ref reader);
                }

                code.Learnt(count);
                at += count;
            }
        }

        history.End += run;
    }

    /// <summary>Reads a copy: <see cref="DeltaStatus.SegmentEnd"/> if it is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DeltaStatus ReadCopy(ref BitReader reader, int kind, long at, int most, out Command copy)
    {
        copy = default;
        reader.Fill();
        if (!ReadFrom(ref reader, kind, at, out CopySource source, out long from) || !_model.IsThere(source, from, at))
        {
            return DeltaStatus.Invalid;
        }

        int longest = _model.RoomOf(source, from, most);
        reader.Fill();
        AdaptiveCode lengths = kind < FastModel.Resumed ? _model.Lengths : _model.OtherLengths;
        int step = lengths.Take(ref reader);
        int length = longest;
        if (step != FastModel.ToEnd)
        {
            length = (int)Ladder.Least(step - 1, FastModel.FineLengths, out int bits) + (int)reader.Take(bits) + 1;
        }

        if (length > longest)
        {
            return DeltaStatus.Invalid;
        }

        copy = new Command(0, length, source, (int)(source == CopySource.Target ? at - from : from));
        _model.Copied(source, at - from, from + length);
        return DeltaStatus.SegmentEnd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadFrom(ref BitReader reader, int kind, long at, out CopySource source, out long from)
    {
        if (kind < FastModel.Past)
        {
            Track track = _model.Tracks[kind < FastModel.Resumed ? kind : kind == FastModel.Near + 1 ? 1 : 0];
            source = track.Source;
            from = kind < FastModel.Resumed ? at - track.Shift : track.End;
            if (kind is FastModel.Near or FastModel.Near + 1)
            {
                from += _model.Nears.Take(ref reader) - FastModel.NearBefore;
            }
        }
        else if (kind == FastModel.Past)
        {
            source = CopySource.Target;
            uint least = Ladder.Least(_model.Distances.Take(ref reader), FastModel.FineDistances, out int bits);
            from = at - 1 - least - reader.Take(bits);
        }
        else
        {
            source = _model.HasSecond ? (CopySource)reader.Take(1) : CopySource.First;
            int step = _model.Jumps.Take(ref reader);
            long jump = (1L << (step >> 1)) + reader.Take(step >> 1) - 1;
            from = _model.LastEnd(source) + ((step & 1) == 0 ? jump : -jump);
        }

        return kind <= FastModel.Far;
    }
}
