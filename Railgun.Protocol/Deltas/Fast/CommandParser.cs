using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Takes commands from a payload, some at a time, before they are carried out: so it need not wait for what that waits for.</summary>
internal sealed unsafe class CommandParser(FastModel model)
{
    /// <summary>The most that are taken at a time.</summary>
    public const int Most = 1024;

    /// <summary>The most bits of a length.</summary>
    private const int LengthBits = PrefixCode.MaxBits + 16;

    private readonly ParsedCommand[] _commands = Pinned.Copy<ParsedCommand>(new ParsedCommand[Most]);

    /// <summary>Those taken last.</summary>
    public ParsedCommand* Commands => Pinned.AddressOf(_commands);

    /// <summary>Takes up to <paramref name="most"/> commands, at least one, with their symbols for the <see cref="Tally"/>; returns how many. Behind the last one that is meant are any.</summary>
    public int Parse(ref CommandStreams streams, int most, uint* symbols) =>
        streams.Apart ? ParseApart(ref streams, most, symbols) : ParseAmong(ref streams, most, symbols);

    private int ParseApart(ref CommandStreams streams, int most, uint* symbols)
    {
        ParsedCommand* to = Commands;
        ParsedCommand* full = to + most;
        KindRow* rows = model.Rows;
        byte* coded = streams.Coded;
        ulong last = streams.Last;
        ulong end = streams.End;
        ulong bit = streams.Commands;
        BitReading.Begin(coded, streams.Copies, coded + (last >> 3), out byte* next, out ulong bits, out int count);
        do
        {
            // Two chains of dependent steps: the processor goes along them side by side.
            uint symbol = TakeCommand(coded, last, ref bit, rows, to);
            *symbols++ = symbol | TakeCopy(coded + (last >> 3), ref next, ref bits, ref count, rows + (symbol / FastModel.RunSteps), to);
            to++;
        }
        while (to < full && bit < end);
        streams.Commands = bit;
        streams.Copies = Math.Min(last, BitReading.PlaceOf(coded, next, count));
        return (int)(to - Commands);
    }

    private int ParseAmong(ref CommandStreams streams, int most, uint* symbols)
    {
        ParsedCommand* to = Commands;
        ParsedCommand* full = to + most;
        byte* end = streams.Coded + (streams.Last >> 3);
        do
        {
            uint symbol = TakeCommand(streams.Coded, streams.Last, ref streams.Commands, model.Rows, to);
            BitReading.Begin(streams.Coded, Math.Min(streams.Commands, streams.Last), end, out byte* next, out ulong bits, out int count);
            *symbols++ = symbol | TakeCopy(end, ref next, ref bits, ref count, model.Rows + (symbol / FastModel.RunSteps), to);
            streams.Commands = BitReading.PlaceOf(streams.Coded, next, count);
            to++;
        }
        while (to < full && streams.Commands < streams.Last);
        return (int)(to - Commands);
    }

    /// <summary>The next command's symbol; and its kind, and how many bytes are new before its copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TakeCommand(byte* coded, ulong last, ref ulong bit, KindRow* rows, ParsedCommand* to)
    {
        bit = Math.Min(bit, last);
        ulong bits = BitReading.Look(coded, bit);
        CodeView* code = &rows[FastModel.CommandRow].Addresses;
        uint entry = code->EntryOf(bits);
        uint symbol = CodeTable.SymbolOf(entry);
        to->Kind = (int)(symbol / FastModel.RunSteps);
        to->Run = (int)code->NumberOf(entry, bits);
        bit += CodeTable.SizeOf(entry);
        if (symbol % FastModel.RunSteps == FastModel.LongRun)
        {
            bits <<= (int)entry;
            int log = Math.Min(FastModel.LongestRunLog, (int)(bits >> (64 - FastModel.LongRunLogBits)));
            to->Run += (1 << log) - 1 + (int)(bits << FastModel.LongRunLogBits >> 1 >> (63 - log));
            bit += (uint)(FastModel.LongRunLogBits + log);
        }

        return symbol;
    }

    /// <summary>A copy's address and length; returns their symbols.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TakeCopy(byte* last, ref byte* next, ref ulong bits, ref int count, KindRow* row, ParsedCommand* to)
    {
        BitReading.Fill(last, ref next, ref bits, ref count);
        uint address = row->Addresses.EntryOf(bits);
        to->Address = (int)row->Addresses.NumberOf(address, bits);
        BitReading.Take(address, ref bits, ref count);
        if (CodeTable.SizeOf(address) > BitReading.Filled - LengthBits)
        {
            BitReading.Fill(last, ref next, ref bits, ref count);
        }

        uint length = row->Lengths.EntryOf(bits);
        to->Length = (int)row->Lengths.NumberOf(length, bits);
        BitReading.Take(length, ref bits, ref count);
        return (CodeTable.SymbolOf(address) << 8) | (CodeTable.SymbolOf(length) << 16);
    }
}
