using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Reads a segment's commands and carries them out: most as <see cref="UsualCommands"/>, the others here, where nothing is taken for granted.</summary>
internal sealed unsafe class CommandReader(FastModel model, Places places)
{
    /// <summary>No symbol of a command.</summary>
    private const uint None = uint.MaxValue;

    private readonly CommandParser _parser = new(model);
    private readonly Tally _tally = new(model);
    private readonly Reach[] _reaches = Pinned.Copy<Reach>(new Reach[3]);
    private bool _endsWithout;
    private uint _last;
    private byte* _usual;
    private byte* _full;
    private byte* _end;
    private byte* _limit;
    private byte* _roomEnd;

    /// <summary>Where the segment is written to.</summary>
    public byte* Start { get; private set; }

    /// <summary>Begins a target.</summary>
    public void Begin() => _tally.Start();

    /// <summary>Begins a segment that is written to <paramref name="output"/>, and may have <paramref name="most"/> bytes.</summary>
    public void Open(byte* first, int firstLength, byte* second, int secondLength, byte* output, int room, long most)
    {
        Start = output;
        _end = output + DeltaLimits.MaxSegmentTarget;
        _limit = output + Math.Min(most, DeltaLimits.MaxSegmentTarget);
        _roomEnd = output + room;
        _reaches[(int)CopySource.First] = new Reach { Low = first, Size = firstLength };
        _reaches[(int)CopySource.Second] = new Reach { Low = second, Size = secondLength };
        _reaches[(int)CopySource.Target] = new Reach { Low = output, Beyond = nint.MaxValue };
        _usual = output + UsualCommands.Begin;
        _full = output + Math.Max(0, Math.Min(Math.Min(most, room), DeltaLimits.MaxSegmentTarget) - UsualCommands.Slack);
        UsualCommands.SetRooms(places.Entries, first, firstLength, second, secondLength, output);
    }

    /// <summary>Reads all commands; the new bytes are from <paramref name="bytes"/> on. Where the segment ends is at <paramref name="behind"/>.</summary>
    public DeltaStatus Read(ref CommandStreams streams, byte* bytes, byte* bytesEnd, out byte* behind)
    {
        byte* to = Start;
        DeltaStatus status;
        do
        {
            uint* symbols = _tally.Next;
            int count = _parser.Parse(ref streams, Math.Min(CommandParser.Most, _tally.Left), symbols);
            int done = CarryOut(_parser.Commands, count, ref bytes, bytesEnd, ref to, out status);
            _last = _endsWithout ? symbols[done] & 0xFF : None;
            _tally.Add(done);
        }
        while (status == DeltaStatus.NeedCoded);
        behind = to;
        return status;
    }

    /// <summary>The target goes on behind the segment: the command that ended that counts, if it had no copy.</summary>
    public void Learn()
    {
        if (_last != None)
        {
            model.Commands.Count([(byte)_last]);
        }
    }

    /// <summary>Carries out commands until the segment ends (<see cref="DeltaStatus.NeedCoded"/>: it does not); returns how many had their copies.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int CarryOut(ParsedCommand* command, int count, ref byte* news, byte* bytesEnd, ref byte* behind, out DeltaStatus status)
    {
        Reach* reaches = Pinned.AddressOf(_reaches);
        nint* entries = places.Entries;
        var starts = (KindStart*)(entries + Places.Starts);
        byte* to = behind;
        byte* bytes = news;
        byte* limit = _limit;
        byte* roomEnd = _roomEnd;
        ParsedCommand* first = command;
        ParsedCommand* end = command + count;
        status = DeltaStatus.NeedCoded;
        _endsWithout = false;
        for (; command < end && to < _end; command++)
        {
            if (to >= _usual && to < _full)
            {
                command = UsualCommands.CarryOut(command, entries, ref bytes, bytesEnd, ref to, _full, Start);
                if (command >= end || to >= _end)
                {
                    break;
                }
            }

            nint run = command->Run;
            if (run > bytesEnd - bytes || run > limit - to)
            {
                status = Refusal(run > bytesEnd - bytes || run > _end - to);
                break;
            }

            if (run <= UsualCommands.ShortRun && to + UsualCommands.ShortRun <= roomEnd)
            {
                Vector256.Load(bytes).Store(to);
            }
            else
            {
                Unsafe.CopyBlockUnaligned(to, bytes, (uint)run);
            }

            to += run;
            bytes += run;
            KindStart* start = starts + (command->Kind == FastModel.End ? FastModel.Aligned : command->Kind);
            nint source = entries[start->Key] & 3;
            nint distance = (entries[start->Place] >> start->Shift) - ((nint)to & start->Absolute) + command->Address;
            byte* from = to + distance;
            reaches[(int)CopySource.Target].Size = (nint)(to - Start);
            Reach* reach = reaches + source;
            nint offset = (nint)from - (nint)reach->Low;
            nint left = reach->Size - offset;
            bool isThere = (nuint)offset < (nuint)reach->Size;
            if (!isThere || command->Kind == FastModel.End || to == _end)
            {
                // Where nothing can be aligned with the last track, that kind and the end change places.
                bool ends = to == _end || command->Kind == (isThere ? FastModel.End : FastModel.Aligned);
                status = ends ? DeltaStatus.SegmentEnd : DeltaStatus.Invalid;
                _endsWithout = true;
                break;
            }

            nint extent = left | reach->Beyond;
            nint length = command->Length;
            length = length != 0 ? length : Math.Min((nint)(_end - to), extent);
            if (length > extent || length > limit - to)
            {
                status = Refusal(length > extent || length > _end - to);
                break;
            }

            var (one, two, three) = (Vector128.Load((long*)entries), Vector128.Load((long*)entries + 2), Vector128.Load((long*)entries + 4));
            Places.Copied(entries, ref one, ref two, ref three, (distance << 2) | source, (nint)from + length);
            if (length <= UsualCommands.ShortCopy && left >= UsualCommands.ShortCopy && to + UsualCommands.ShortCopy <= roomEnd)
            {
                UsualCommands.PutShort(from, to);
            }
            else if (length <= UsualCommands.LongerCopy && left >= UsualCommands.LongerCopy && to + UsualCommands.LongerCopy <= roomEnd)
            {
                UsualCommands.PutLonger(from, to);
            }
            else
            {
                Carry(from, to, (uint)length);
            }

            to += length;
        }

        bool isOver = status == DeltaStatus.SegmentEnd || (status == DeltaStatus.NeedCoded && to == _end);
        status = isOver ? bytes == bytesEnd ? DeltaStatus.SegmentEnd : DeltaStatus.Invalid : status;
        news = bytes;
        behind = to;
        return (int)(command - first);
    }

    private static DeltaStatus Refusal(bool invalid) => invalid ? DeltaStatus.Invalid : DeltaStatus.LimitExceeded;

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
