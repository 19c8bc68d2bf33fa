using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Takes commands from a payload, some at a time, before they are carried out: so it need not wait for what that waits for.</summary>
internal sealed unsafe class CommandParser(FastModel model)
{
    /// <summary>The most that are taken at a time.</summary>
    public const int Most = 1024;

    /// <summary>The most bits of a length.</summary>
    private const int LengthBits = PrefixCode.MaxBits + 16;

    private readonly ParsedCommand[] _commands = Pinned.Copy<ParsedCommand>(new ParsedCommand[Most + 1]);

    /// <summary>Those taken last.</summary>
    public ParsedCommand* Commands => Pinned.AddressOf(_commands);

    /// <summary>Takes up to <paramref name="most"/> commands, at least one, with their symbols for the <see cref="Tally"/>; returns how many. Behind the last one that is meant are any, and behind those one with an endless run.</summary>
    public int Parse(ref CommandStreams streams, int most, uint* symbols)
    {
        ParsedCommand* to = Commands;
        if (streams.InTurns)
        {
            to = ParsePairs(ref streams, to, to + (most & ~1), symbols);
        }

        if (to == Commands || (to < Commands + most && streams.Next < streams.NextEnd))
        {
            to = ParseRest(ref streams, to, streams.InTurns ? to + 1 : to + most, symbols + (to - Commands));
        }

        to->Run = int.MaxValue;
        return (int)(to - Commands);
    }

    /// <summary>Two at a time: each waits for all that is before it in its stream, and the processor goes along both side by side.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ParsedCommand* ParsePairs(ref CommandStreams streams, ParsedCommand* to, ParsedCommand* full, uint* symbols)
    {
        KindRow* rows = model.Rows;
        byte* last = streams.End;
        BitReading.Begin(streams.Coded, streams.Next, last, out byte* next, out ulong bits, out int count);
        BitReading.Begin(streams.Coded, streams.Other, last, out byte* otherNext, out ulong otherBits, out int otherCount);
        byte* end = streams.Coded + (streams.NextEnd >> 3);
        while (to < full && (next - end) << 3 < count)
        {
            symbols[0] = Take(last, ref next, ref bits, ref count, rows, to);
            symbols[1] = Take(last, ref otherNext, ref otherBits, ref otherCount, rows, to + 1);
            symbols += 2;
            to += 2;
        }

        streams.Next = BitReading.PlaceOf(streams.Coded, next, count);
        streams.Other = BitReading.PlaceOf(streams.Coded, otherNext, otherCount);
        return to;
    }

    /// <summary>One behind the other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ParsedCommand* ParseRest(ref CommandStreams streams, ParsedCommand* to, ParsedCommand* full, uint* symbols)
    {
        KindRow* rows = model.Rows;
        byte* last = streams.End;
        BitReading.Begin(streams.Coded, streams.Next, last, out byte* next, out ulong bits, out int count);
        byte* end = streams.Coded + (streams.NextEnd >> 3);
        do
        {
            *symbols++ = Take(last, ref next, ref bits, ref count, rows, to++);
        }
        while (to < full && (next - end) << 3 < count);
        streams.Next = BitReading.PlaceOf(streams.Coded, next, count);
        if (streams.InTurns)
        {
            streams.Swap();
        }

        return to;
    }

    /// <summary>Takes a command with its copy; returns the symbols.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Take(byte* last, ref byte* next, ref ulong bits, ref int count, KindRow* rows, ParsedCommand* to)
    {
        BitReading.Fill(last, ref next, ref bits, ref count);
        CodeView* code = &rows[FastModel.CommandRow].Addresses;
        uint command = code->EntryOf(bits);
        uint symbol = CodeTable.SymbolOf(command);
        KindRow* row = rows + (symbol / FastModel.RunSteps);
        to->Kind = (int)(symbol / FastModel.RunSteps);
        to->Run = (int)code->NumberOf(command, bits);
        BitReading.Take(command, ref bits, ref count);
        if (symbol % FastModel.RunSteps == FastModel.LongRun)
        {
            to->Run += TakeLongRun(ref bits, ref count);
            BitReading.Fill(last, ref next, ref bits, ref count);
        }

        uint address = row->Addresses.Table[bits >> (64 - PrefixCode.MaxBits)];
        to->Address = (int)row->Addresses.Meanings[CodeTable.SymbolOf(address)].In(address, bits);
        BitReading.Take(address, ref bits, ref count);
        if (count < LengthBits)
        {
            BitReading.Fill(last, ref next, ref bits, ref count);
        }

        uint length = row->Lengths.Table[bits >> (64 - PrefixCode.MaxBits)];
        to->Length = (int)row->Lengths.Meanings[CodeTable.SymbolOf(length)].In(length, bits);
        BitReading.Take(length, ref bits, ref count);
        return symbol | (CodeTable.SymbolOf(address) << 8) | (CodeTable.SymbolOf(length) << 16);
    }

    /// <summary>What a longest run has beyond the shortest of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeLongRun(ref ulong bits, ref int count)
    {
        int log = Math.Min(FastModel.LongestRunLog, (int)(bits >> (64 - FastModel.LongRunLogBits)));
        int more = (1 << log) - 1 + (int)(bits << FastModel.LongRunLogBits >> 1 >> (63 - log));
        BitReading.Take((uint)(FastModel.LongRunLogBits + log), ref bits, ref count);
        return more;
    }
}
