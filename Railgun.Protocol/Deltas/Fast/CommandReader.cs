using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads a segment's commands and carries them out. Addresses instead of offsets, few branches: nothing here can be foretold.</summary>
internal sealed unsafe class CommandReader(FastModel model, Places places)
{
    /// <summary>Runs of so many bytes or fewer are put as if they had so many.</summary>
    public const int ShortRun = 32;

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

    /// <summary>Reads all commands; the new bytes are from <paramref name="bytes"/> on. Where the segment ends is at <paramref name="behind"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public DeltaStatus Read(in CommandStreams streams, byte* bytes, byte* bytesEnd, out byte* behind)
    {
        Reach* reaches = Pinned.AddressOf(_reaches);
        nint* entries = places.Entries;
        KindRow* rows = model.Rows;
        byte* to = Start;
        byte* coded = streams.Coded;
        ulong last = streams.Last;
        ulong bit = streams.Commands;
        ulong copies = streams.Copies;
        bool apart = streams.Apart;
        while (to < _end)
        {
            uint symbol = TakeCommand(coded, ref bit, last, rows, out nint run);
            behind = to;
            if (run > bytesEnd - bytes || run > _limit - to)
            {
                return Refusal(run > bytesEnd - bytes || run > _end - to);
            }

            PutRun(bytes, to, run);
            to += run;
            bytes += run;
            if (to == _end)
            {
                break;
            }

            (bit, copies) = apart ? (copies, bit) : (bit, copies);
            uint kind = symbol / FastModel.RunSteps;
            KindRow* row = rows + kind;
            nint of = entries[row->Key] & 3;
            reaches[(int)CopySource.Target].High = to;
            Reach* reach = reaches + of;
            var from = (byte*)((entries[row->Place] >> row->Shift) + ((nint)to & row->Aligned));
            ulong bits = TakeAddress(coded, ref bit, last, kind, row, ref from);
            bool isThere = from >= reach->Low && from < reach->High;
            if (!isThere || kind == FastModel.End)
            {
                // Where nothing can be aligned with the last track, that kind and the end change places.
                behind = to;
                return kind == (isThere ? FastModel.End : FastModel.Aligned) && bytes == bytesEnd ? DeltaStatus.SegmentEnd : DeltaStatus.Invalid;
            }

            nint length = TakeLength(bits, ref bit, row);
            (bit, copies) = apart ? (copies, bit) : (bit, copies);
            length = length != 0 ? length : Math.Min((nint)(_end - to), (nint)(reach->End - from));
            behind = to;
            if (length > reach->End - from || length > _limit - to)
            {
                return Refusal(length > reach->End - from || length > _end - to);
            }

            Places.Copied(entries, (((nint)from - (nint)to) << 2) | of, (nint)from + length);
            PutCopy(from, to, length, reach->High);
            to += length;
            model.EndCommand();
            model.EndCopy();
        }

        behind = to;
        return bytes == bytesEnd ? DeltaStatus.SegmentEnd : DeltaStatus.Invalid;
    }

    private static DeltaStatus Refusal(bool invalid) => invalid ? DeltaStatus.Invalid : DeltaStatus.LimitExceeded;

    /// <summary>The next command's symbol, and how many bytes are new before its copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TakeCommand(byte* coded, ref ulong bit, ulong last, KindRow* rows, out nint run)
    {
        bit = Math.Min(bit, last);
        ulong bits = BitReading.Look(coded, bit);
        ref CodeView code = ref rows[FastModel.CommandRow].Addresses;
        uint entry = code.Take(bits);
        uint symbol = CodeTable.SymbolOf(entry);
        run = code.NumberOf(entry, bits);
        bit += CodeTable.SizeOf(entry);
        if (symbol % FastModel.RunSteps == FastModel.LongRun)
        {
            bits <<= (int)entry;
            int log = Math.Min(FastModel.LongestRunLog, (int)(bits >> (64 - FastModel.LongRunLogBits)));
            run += (nint)(1L << log) - 1 + (nint)(bits << FastModel.LongRunLogBits >> 1 >> (63 - log));
            bit += (uint)(FastModel.LongRunLogBits + log);
        }

        return symbol;
    }

    /// <summary>Adds a copy's address to <paramref name="from"/>; returns the bits that its length is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong TakeAddress(byte* coded, ref ulong bit, ulong last, uint kind, KindRow* row, ref byte* from)
    {
        bit = Math.Min(bit, last);
        ulong bits = BitReading.Look(coded, bit);
        if (kind >= FastModel.Near)
        {
            // Most kinds have no address: to foretell that is quicker than to wait for which kind it is.
            uint address = row->Addresses.Take(bits);
            from += row->Addresses.NumberOf(address, bits);
            bit += CodeTable.SizeOf(address);
            bits <<= (int)address;
            if (CodeTable.SizeOf(address) > BitReading.Filled - LengthBits)
            {
                bit = Math.Min(bit, last);
                bits = BitReading.Look(coded, bit);
            }
        }

        return bits;
    }

    /// <summary>A copy's length; 0: as long as it can be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint TakeLength(ulong bits, ref ulong bit, KindRow* row)
    {
        uint entry = row->Lengths.Take(bits);
        bit += CodeTable.SizeOf(entry);
        return row->Lengths.NumberOf(entry, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PutRun(byte* bytes, byte* to, nint run)
    {
        if (run <= ShortRun && to + ShortRun <= _roomEnd)
        {
            Vector256.Load(bytes).Store(to);
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
