using System.Numerics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads segments at the fast level.</summary>
internal sealed class FastReader : ISegmentReader
{
    private readonly FastModel _model = new();

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second) => _model.Start(first, second);

    /// <inheritdoc/>
    public DeltaStatus Read(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, History history, long most)
    {
        var reader = new BitReader(payload);
        bool primed = reader.Read(1) != 0;
        PrefixCode code = _model.CodeOf(primed, first, second);
        int left = DeltaLimits.MaxSegmentTarget;
        while (left > 0)
        {
            int run = _model.Runs.Read(ref reader);
            if ((uint)run > (uint)left)
            {
                return DeltaStatus.Invalid;
            }

            if (run > most)
            {
                return DeltaStatus.LimitExceeded;
            }

            history.Reserve(run);
            Span<byte> bytes = history.Bytes.AsSpan(history.End, run);
            ReadBytes(ref reader, code.Table, bytes);
            if (primed)
            {
                _model.Count(bytes);
            }

            history.End += run;
            left -= run;
            most -= run;
            if (left == 0)
            {
                break;
            }

            if (!ReadCopy(ref reader, history.Total, left, out Command copy))
            {
                return DeltaStatus.Invalid;
            }

            if (copy.Length == 0)
            {
                break;
            }

            if (copy.Length > left || !CopyRules.IsSound(copy, first.Length, second.Length, history.Total))
            {
                return DeltaStatus.Invalid;
            }

            if (copy.Length > most)
            {
                return DeltaStatus.LimitExceeded;
            }

            CopyRules.Carry(copy, first, second, history);
            left -= copy.Length;
            most -= copy.Length;
        }

        return reader.Read(1) == 0 ? DeltaStatus.End : DeltaStatus.SegmentEnd;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static void ReadBytes(ref BitReader reader, ushort[] table, Span<byte> bytes)
    {
        foreach (ref byte value in bytes)
        {
            reader.Fill();
            int entry = table[reader.Peek(PrefixCode.MaxBits)];
            value = (byte)(entry >> 4);
            reader.Skip(entry & 15);
        }
    }

    private bool ReadCopy(ref BitReader reader, long at, int most, out Command copy)
    {
        copy = default;
        int kind = ReadKind(ref reader, at);
        if (kind == FastModel.End)
        {
            return true;
        }

        if (!ReadAddress(ref reader, kind, at, out CopySource source, out int address))
        {
            return false;
        }

        int length = _model.Room(source, address, most);
        if (reader.Read(1) != 0)
        {
            ref NumberCode lengths = ref kind == FastModel.Aligned ? ref _model.Lengths : ref _model.OtherLengths;
            length = lengths.Read(ref reader) + 1;
        }

        copy = new Command(0, length, source, address);
        if (length > 0 && source != CopySource.Target)
        {
            _model.Places.Copied(source, address, at, length);
        }

        return length > 0;
    }

    private int ReadKind(ref BitReader reader, long at)
    {
        reader.Fill();
        int ones = BitOperations.TrailingZeroCount(~reader.Peek(FastModel.End) | (1u << FastModel.End));
        if (_model.IsPossible(FastModel.Aligned, at))
        {
            reader.Skip(Math.Min(ones + 1, FastModel.End));
            return ones;
        }

        ones = Math.Min(ones, FastModel.SecondResumed);
        reader.Skip(Math.Min(ones + 1, FastModel.SecondResumed));
        return ones == 0 ? FastModel.End : ones;
    }

    private bool ReadAddress(ref BitReader reader, int kind, long at, out CopySource source, out int address)
    {
        if (kind == FastModel.Past)
        {
            source = CopySource.Target;
            address = _model.Distances.Read(ref reader) + 1;
            return address > 0;
        }

        if (kind != FastModel.Far)
        {
            (source, address) = _model.Likely(kind, at);
            return _model.IsPossible(kind, at);
        }

        source = _model.HasSecond ? (CopySource)reader.Read(1) : CopySource.First;
        bool back = reader.Read(1) != 0;
        int jump = _model.Jumps.Read(ref reader);
        int near = _model.Near(source);
        address = back ? near - jump : near + jump;
        return jump >= 0;
    }
}
