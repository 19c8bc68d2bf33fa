using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>
/// Carries out commands as most are: few new bytes and a copy that is not long, far from the ends of all that is read and written. So nearly all that must be asked is
/// whether there is room to read. Addresses instead of offsets, few branches: nothing here can be foretold.
/// </summary>
internal static unsafe class UsualCommands
{
    /// <summary>Runs of so many bytes or fewer are put as if they had so many.</summary>
    public const int ShortRun = 32;

    /// <summary>Copies of so many bytes or fewer are put as if they had so many,</summary>
    public const int ShortCopy = 64;

    /// <summary>and longer ones, up to so many, as if they had these.</summary>
    public const int LongerCopy = 256;

    /// <summary>So many bytes of a segment must be there before.</summary>
    public const int Begin = Piece;

    /// <summary>So many bytes must be free behind where a command is carried out.</summary>
    public const int Slack = ShortRun + LongerCopy;

    /// <summary>Bytes are put in pieces one behind the other: what a copy repeats is there if it is so far back.</summary>
    private const int Piece = 32;

    private const int TargetRoom = Places.Rooms + (2 * (int)CopySource.Target);

    /// <summary>Says where copies may read, before the first command of a segment that is written to <paramref name="output"/>.</summary>
    public static void SetRooms(nint* entries, byte* first, int firstLength, byte* second, int secondLength, byte* output)
    {
        nint* rooms = entries + Places.Rooms;
        new Span<nint>(rooms, Places.RoomNumbers).Clear();
        rooms[2 * (int)CopySource.First] = (nint)first;
        rooms[(2 * (int)CopySource.First) + 1] = Math.Max(0, firstLength - ShortCopy + 1);
        rooms[2 * (int)CopySource.Second] = (nint)second;
        rooms[(2 * (int)CopySource.Second) + 1] = Math.Max(0, secondLength - ShortCopy + 1);
        entries[TargetRoom] = (nint)output;
    }

    /// <summary>Carries out commands until one is not as most are; returns that.</summary>
    /// <param name="command">The first one. Behind the last one there is one whose run is the greatest number.</param>
    /// <param name="entries">As <see cref="Places.Entries"/>.</param>
    /// <param name="news">The next new bytes, <see cref="ShortRun"/> more that may be read behind them.</param>
    /// <param name="newsEnd">Where they end.</param>
    /// <param name="behind">Where to write, at least <see cref="Begin"/> behind <paramref name="start"/>.</param>
    /// <param name="full">Only before this a command is carried out.</param>
    /// <param name="start">Where the segment begins.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ParsedCommand* CarryOut(ParsedCommand* command, nint* entries, ref byte* news, byte* newsEnd, ref byte* behind, byte* full, byte* start)
    {
        var first = Vector128.Load((long*)entries);
        var second = Vector128.Load((long*)entries + Vector128<long>.Count);
        var third = Vector128.Load((long*)entries + (2 * Vector128<long>.Count));
        byte* to = behind;
        byte* bytes = news;
        start += Piece - 1;
        while (to < full)
        {
            nint run = command->Run;
            if (run > ShortRun || bytes + run > newsEnd)
            {
                break;
            }

            Vector256.Load(bytes).Store(to);
            byte* at = to + run;
            var kind = (KindStart*)(entries + Places.Starts + (2 * (nint)(uint)command->Kind));
            nint source = entries[kind->Key] & 3;
            nint distance = (entries[kind->Place] >> kind->Shift) - ((nint)at & kind->Absolute) + command->Address;
            byte* from = at + distance;
            entries[TargetRoom + 1] = (nint)(at - start);
            nint* room = entries + Places.Rooms + (2 * source);
            nuint offset = (nuint)from - (nuint)room[0];
            if (offset >= (nuint)room[1])
            {
                break;
            }

            nuint length = (uint)command->Length;
            if (length - 1 < ShortCopy)
            {
                PutShort(from, at);
            }
            else
            {
                // A length of 0, as long as can be, is none of these either.
                if (length - 1 >= LongerCopy || offset + (LongerCopy - ShortCopy) >= (nuint)room[1])
                {
                    break;
                }

                PutLonger(from, at);
            }

            bytes += run;
            to = at + length;
            command++;
            Places.Copied(entries, ref first, ref second, ref third, (distance << 2) | source, (nint)(from + length));
        }

        news = bytes;
        behind = to;
        return command;
    }

    /// <summary>Puts <see cref="ShortCopy"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PutShort(byte* from, byte* to)
    {
        Vector256.Load(from).Store(to);
        Vector256.Load(from + Piece).Store(to + Piece);
    }

    /// <summary>Puts <see cref="LongerCopy"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PutLonger(byte* from, byte* to)
    {
        PutShort(from, to);
        PutShort(from + ShortCopy, to + ShortCopy);
        PutShort(from + (2 * ShortCopy), to + (2 * ShortCopy));
        PutShort(from + (3 * ShortCopy), to + (3 * ShortCopy));
    }
}
