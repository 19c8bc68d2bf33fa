using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads a segment's commands and carries them out. Addresses instead of offsets, few branches: nothing here can be foretold.</summary>
internal sealed unsafe class CommandReader(FastModel model, Places places)
{
    private const int ShortRun = 16;
    private const int ShortCopy = 64;
    private const int LongerCopy = 256;

    /// <summary>The most bits of a length.</summary>
    private const int LengthBits = PrefixCode.MaxBits + 16;

    private readonly Reach[] _reaches = Pinned.Copy<Reach>(new Reach[3]);
    private byte* _end;
    private byte* _limit;
    private byte* _roomEnd;

    /// <summary>Where the segment is written to.</summary>
    public byte* Start { get; private set; }

    /// <summary>Begins a segment that is written to <paramref name="output"/>, and may have <paramref name="most"/> bytes.</summary>
    public void Open(byte* first, int firstLength, byte* second, int secondLength, byte* output, int room, long most)
    {
        Start = output;
        _end = output + DeltaLimits.MaxSegmentTarget;
        _limit = output + Math.Min(most, DeltaLimits.MaxSegmentTarget);
        _roomEnd = output + room;
        _reaches[(int)CopySource.First] = new Reach { Low = first, High = first + firstLength, End = first + firstLength };
        _reaches[(int)CopySource.Second] = new Reach { Low = second, High = second + secondLength, End = second + secondLength };
        _reaches[(int)CopySource.Target] = new Reach { Low = output, High = output, End = (byte*)nint.MaxValue };
    }

    /// <summary>Reads all commands, from a bit of the payload on; <paramref name="count"/> new bytes are at <paramref name="bytes"/>. Where the segment ends is at <paramref name="behind"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public DeltaStatus Read(byte* coded, ulong bit, ulong last, byte* bytes, int count, out byte* behind)
    {
        byte* bytesEnd = bytes + count;
        Reach* reaches = Pinned.AddressOf(_reaches);
        nint* entries = places.Entries;
        KindRow* rows = model.Rows;
        CodeView lengths = rows[FastModel.Aligned].Lengths;
        byte* to = Start;
        while (to < _end)
        {
            // What is new before the copy.
            bit = Math.Min(bit, last);
            ulong bits = BitReading.Look(coded, bit);
            ulong entry = rows[FastModel.CommandRow].Addresses.Take(bits);
            uint symbol = CodeTable.SymbolOf(entry);
            nint run = CodeTable.NumberOf(entry, bits);
            bits <<= (int)entry;
            ulong used = entry & 63;
            if (symbol % FastModel.RunSteps == FastModel.LongRun)
            {
                int log = Math.Min(FastModel.LongestRunLog, (int)(bits >> (64 - FastModel.LongRunLogBits)));
                run += (nint)(1L << log) - 1 + (nint)(bits << FastModel.LongRunLogBits >> 1 >> (63 - log));
                bit = Math.Min(bit + used + (uint)(FastModel.LongRunLogBits + log), last);
                bits = BitReading.Look(coded, bit);
                used = 0;
            }

            if (run > bytesEnd - bytes || run > _limit - to)
            {
                behind = to;
                return run > bytesEnd - bytes || run > _end - to ? DeltaStatus.Invalid : DeltaStatus.LimitExceeded;
            }

            PutRun(bytes, to, run);
            to += run;
            bytes += run;
            if (to == _end)
            {
                break;
            }

            // Where it reads. Most kinds have no address: to foretell that is quicker than to wait for which kind it is.
            uint kind = symbol / FastModel.RunSteps;
            KindRow* row = rows + kind;
            nint of = entries[row->Key] & 3;
            byte* from = (byte*)((entries[row->Place] >> row->Shift) + ((nint)to & row->Aligned));
            if (kind >= FastModel.Near)
            {
                entry = row->Addresses.Take(bits);
                from += CodeTable.NumberOf(entry, bits);
                bits <<= (int)entry;
                used += entry & 63;
            }

            reaches[(int)CopySource.Target].High = to;
            Reach* reach = reaches + of;
            bool isThere = from >= reach->Low && from < reach->High;
            if (!isThere || kind == FastModel.End)
            {
                // Where nothing can be aligned with the last track, that kind and the end change places.
                behind = to;
                return kind == (isThere ? FastModel.End : FastModel.Aligned) && bytes == bytesEnd ? DeltaStatus.SegmentEnd : DeltaStatus.Invalid;
            }

            // How much.
            if (used > BitReading.Filled - LengthBits)
            {
                bit = Math.Min(bit + used, last);
                bits = BitReading.Look(coded, bit);
                used = 0;
            }

            entry = kind < FastModel.Resumed ? lengths.Take(bits) : row->Lengths.Take(bits);
            bit += used + (entry & 63);
            nint length = CodeTable.NumberOf(entry, bits);
            if (length == 0)
            {
                length = Math.Min((nint)(_end - to), (nint)(reach->End - from));
            }

            if (length > reach->End - from || length > _limit - to)
            {
                behind = to;
                return length > reach->End - from || length > _end - to ? DeltaStatus.Invalid : DeltaStatus.LimitExceeded;
            }

            Places.Copied(entries, (((nint)from - (nint)to) << 2) | of, (nint)from + length);
            PutCopy(from, to, length, reach->High);
            to += length;
            if (model.EndCommand())
            {
                lengths = rows[FastModel.Aligned].Lengths;
            }
        }

        behind = to;
        return bytes == bytesEnd ? DeltaStatus.SegmentEnd : DeltaStatus.Invalid;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutRun(byte* bytes, byte* to, nint run)
    {
        if (run <= ShortRun && to + ShortRun <= _roomEnd)
        {
            Vector128.Load(bytes).Store(to);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(to, bytes, (uint)run);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutCopy(byte* from, byte* to, nint length, byte* fromEnd)
    {
        // Most copies are short: whole vectors are written, what is behind will be overwritten.
        if (length <= ShortCopy && from + ShortCopy <= fromEnd && to + ShortCopy <= _roomEnd)
        {
            Put64(from, to);
        }
        else if (length <= LongerCopy && from + LongerCopy <= fromEnd && to + LongerCopy <= _roomEnd)
        {
            Put64(from, to);
            Put64(from + 64, to + 64);
            Put64(from + 128, to + 128);
            Put64(from + 192, to + 192);
        }
        else
        {
            Carry(from, to, (uint)length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put64(byte* from, byte* to)
    {
        Vector256<byte> one = Vector256.Load(from);
        Vector256<byte> two = Vector256.Load(from + Vector256<byte>.Count);
        one.Store(to);
        two.Store(to + Vector256<byte>.Count);
    }

    /// <summary>A copy from the past may overlap what it writes: then it repeats; each round doubles what there is to copy.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Carry(byte* from, byte* to, uint length)
    {
        while (length > 0)
        {
            uint count = (uint)Math.Min(length, (nuint)(to - from));
            Unsafe.CopyBlockUnaligned(to, from, count);
            to += count;
            length -= count;
        }
    }
}
