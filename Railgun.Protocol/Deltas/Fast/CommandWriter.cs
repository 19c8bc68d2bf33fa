using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes a segment's commands.</summary>
internal static unsafe class CommandWriter
{
    /// <summary>
    /// Bytes that a command takes at most, with the slack of <see cref="BitWriter"/>: it has 32 bits, its address 38, its length 26, so that 13 bytes are behind the place
    /// of before, at which there may have been 7 bits more, where the last eight are written.
    /// </summary>
    private const int MostPerCommand = 24;

    /// <summary>Writes each with its copy behind what <paramref name="begun"/> has put of the payload at <paramref name="output"/>, and ends that; returns its length, -1 if there is no room.</summary>
    public static int WriteAmong(BitWriter begun, FastModel model, ReadOnlySpan<FastCommand> commands, byte* output, byte* outputEnd)
    {
        BitWriter writer = begun;
        KindRow* rows = model.Rows;
        foreach (ref readonly FastCommand command in commands)
        {
            if (outputEnd - writer.Next < MostPerCommand)
            {
                return -1;
            }

            WriteCommand(ref writer, rows, command);
            if (command.Length == 0)
            {
                break;
            }

            writer.Flush();
            WriteCopy(ref writer, rows, command);
            model.EndCommand();
            model.EndCopy();
        }

        return writer.Finish(output);
    }

    /// <summary>Writes them, of which there is at least one, without their copies; returns where that ends, null if there is no room.</summary>
    public static byte* WriteCommands(FastModel model, ReadOnlySpan<FastCommand> commands, byte* at, byte* end)
    {
        var writer = new BitWriter(at);
        KindRow* rows = model.Rows;
        foreach (ref readonly FastCommand command in commands)
        {
            if (end - writer.Next < MostPerCommand)
            {
                return null;
            }

            WriteCommand(ref writer, rows, command);
            writer.Flush();
            if (command.Length != 0)
            {
                model.EndCommand();
            }
        }

        return at + writer.Align();
    }

    /// <summary>Writes the addresses and lengths of the copies of commands, of which there is at least one, and ends the payload that begins at <paramref name="output"/>; returns its length, -1 if there is no room.</summary>
    public static int WriteCopies(FastModel model, ReadOnlySpan<FastCommand> commands, byte* output, byte* at, byte* end)
    {
        var writer = new BitWriter(at);
        KindRow* rows = model.Rows;
        foreach (ref readonly FastCommand command in commands)
        {
            if (end - writer.Next < MostPerCommand)
            {
                return -1;
            }

            if (command.Length == 0)
            {
                break;
            }

            WriteCopy(ref writer, rows, command);
            model.EndCopy();
        }

        return writer.Finish(output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteCommand(ref BitWriter writer, KindRow* rows, in FastCommand command)
    {
        rows[FastModel.CommandRow].Addresses.Put(ref writer, RunSymbolOf(command, out uint rest, out int bits));
        writer.Put(rest, bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteCopy(ref BitWriter writer, KindRow* rows, in FastCommand command)
    {
        KindRow* row = rows + command.Kind;
        row->Addresses.Put(ref writer, command.Address.Symbol);
        writer.Put(command.Address.Rest, command.Address.Bits);
        writer.Flush();
        WriteLength(ref writer, row, command);
        writer.Flush();
    }

    /// <summary>The symbol of kind and run, and the bits below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RunSymbolOf(in FastCommand command, out uint rest, out int bits)
    {
        int step = FastModel.RunStepOf(command.Run);
        rest = (uint)command.Run - FastModel.RunBases[step];
        bits = FastModel.RunBits[step];
        if (step == FastModel.LongRun)
        {
            bits = BitOperations.Log2(rest + 1);
            rest = ((uint)bits << bits) | (rest + 1 - (1u << bits));
            bits += FastModel.LongRunLogBits;
        }

        return (command.Kind * FastModel.RunSteps) + step;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLength(ref BitWriter writer, KindRow* row, in FastCommand command)
    {
        uint value = (uint)command.Length - 1;
        int symbol = 1 + Ladder.StepOf(value, FastModel.FineLengths, out int bits);
        if (command.ToEnd)
        {
            symbol = FastModel.ToEnd;
            bits = 0;
        }

        row->Lengths.Put(ref writer, symbol);
        writer.Put(value & ((1u << bits) - 1), bits);
    }
}
