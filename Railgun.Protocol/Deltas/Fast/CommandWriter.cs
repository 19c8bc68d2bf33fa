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

    /// <summary>Room that surely is enough for so many.</summary>
    public static long RoomFor(int commands) => (long)(commands + 1) * MostPerCommand;

    /// <summary>Writes them one behind the other behind what <paramref name="begun"/> has put of the payload at <paramref name="output"/>, and ends that; returns its length, -1 if there is no room.</summary>
    public static int Write(BitWriter begun, FastModel model, Tally tally, ReadOnlySpan<FastCommand> commands, byte* output, byte* outputEnd)
    {
        BitWriter writer = begun;
        KindRow* rows = model.Rows;
        uint* symbols = tally.Next;
        uint* full = symbols + tally.Left;
        foreach (ref readonly FastCommand command in commands)
        {
            if (outputEnd - writer.Next < MostPerCommand)
            {
                return -1;
            }

            WriteOne(ref writer, rows, command, ref symbols);
            if (symbols == full)
            {
                symbols = tally.AddTo(symbols);
                full = symbols + tally.Left;
            }
        }

        End(model, tally, symbols, commands);
        return writer.Finish(output);
    }

    /// <summary>Writes them, of which there is at least one, in turns to two streams.</summary>
    /// <param name="model">The codes.</param>
    /// <param name="tally">Gets the symbols.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="at">Gets the first stream.</param>
    /// <param name="end">Where its room ends.</param>
    /// <param name="other">Gets the second stream.</param>
    /// <param name="otherEnd">Where its room ends.</param>
    /// <returns>The lengths of both, -1 if there is no room.</returns>
    public static (int First, int Second) WriteInTurns(FastModel model, Tally tally, ReadOnlySpan<FastCommand> commands, byte* at, byte* end, byte* other, byte* otherEnd)
    {
        var writer = new BitWriter(at);
        var otherWriter = new BitWriter(other);
        KindRow* rows = model.Rows;
        uint* symbols = tally.Next;
        uint* full = symbols + tally.Left;
        for (int i = 0; i < commands.Length; i++)
        {
            if ((i & 1) == 0)
            {
                if (end - writer.Next < MostPerCommand || otherEnd - otherWriter.Next < MostPerCommand)
                {
                    return (-1, -1);
                }

                WriteOne(ref writer, rows, commands[i], ref symbols);
            }
            else
            {
                WriteOne(ref otherWriter, rows, commands[i], ref symbols);
            }

            if (symbols == full)
            {
                symbols = tally.AddTo(symbols);
                full = symbols + tally.Left;
            }
        }

        End(model, tally, symbols, commands);
        return (writer.Align(), otherWriter.Align());
    }

    /// <summary>The segment ends: a command without a copy, which only the last can be, counts at once.</summary>
    private static void End(FastModel model, Tally tally, uint* symbols, ReadOnlySpan<FastCommand> commands)
    {
        tally.AddTo(symbols);
        if (commands.Length > 0 && commands[^1].Length == 0)
        {
            model.Commands.Count([(byte)RunSymbolOf(commands[^1], out _, out _)]);
        }
    }

    /// <summary>Writes a command, with its copy unless it ends the segment without one; then its symbols are put to <paramref name="symbols"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteOne(ref BitWriter writer, KindRow* rows, in FastCommand command, ref uint* symbols)
    {
        int symbol = RunSymbolOf(command, out uint rest, out int bits);
        rows[FastModel.CommandRow].Addresses.Put(ref writer, symbol);
        writer.Put(rest, bits);
        writer.Flush();
        if (command.Length != 0)
        {
            KindRow* row = rows + command.Kind;
            row->Addresses.Put(ref writer, command.Address.Symbol);
            writer.Put(command.Address.Rest, command.Address.Bits);
            writer.Flush();
            int length = WriteLength(ref writer, row, command);
            writer.Flush();
            *symbols++ = (uint)(symbol | (command.Address.Symbol << 8) | (length << 16));
        }
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
    private static int WriteLength(ref BitWriter writer, KindRow* row, in FastCommand command)
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
        return symbol;
    }
}
