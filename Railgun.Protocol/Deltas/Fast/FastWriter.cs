using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes segments at the fast level.</summary>
internal sealed unsafe class FastWriter : ISegmentWriter
{
    /// <summary>Bytes that a command takes at most, with the slack of <see cref="BitWriter"/>.</summary>
    private const int MostPerCommand = 24;

    /// <summary>Runs of so many bytes or fewer are put as if they had so many.</summary>
    private const int ShortRun = 32;

    private readonly FastModel _model = new(reads: false);
    private readonly FastFinder _finder = new();
    private DeltaBase _first;
    private DeltaBase _second;
    private byte[] _bytes = [];

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second)
    {
        _first = first;
        _second = second;
        Restart();
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _finder.Start(_first.Body.Length > 0);
        _model.Start();
    }

    /// <inheritdoc/>
    public int Write(in SegmentView around, bool last, Span<byte> payload)
    {
        SegmentView view = around.Alone();
        _finder.Find(view, _first.Index, _second.Index);
        int room = _finder.NewBytes + ShortRun;
        if (_bytes.Length < room)
        {
            _bytes = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)room));
        }

        fixed (byte* output = payload)
        fixed (byte* target = view.Target)
        fixed (byte* bytes = _bytes)
        {
            if (_finder.NewBytes > 0)
            {
                _model.PrepareBytes(view.First, view.Second);
                Gather(target, view.Target.Length, bytes);
            }

            int size = WriteAll(new FastHead(!last, _finder.NewBytes), bytes, output, output + payload.Length);
            if (!last)
            {
                _model.Learn(bytes, _finder.NewBytes);
            }

            return size;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Puts the new bytes one behind the other.</summary>
    private void Gather(byte* target, int length, byte* to)
    {
        byte* at = target;
        byte* safe = target + length - ShortRun;
        foreach (ref readonly FastCommand command in _finder.Commands)
        {
            if (command.Run <= ShortRun && at <= safe)
            {
                Vector256.Load(at).Store(to);
            }
            else
            {
                Unsafe.CopyBlockUnaligned(to, at, (uint)command.Run);
            }

            to += command.Run;
            at += command.Run + command.Length;
        }
    }

    private int WriteAll(FastHead head, byte* bytes, byte* output, byte* outputEnd)
    {
        // Behind a dense part that has grown there may be less room than a segment of its own has.
        if (outputEnd - output < ByteWriter.MostPerChunk)
        {
            return -1;
        }

        var writer = new BitWriter(output);
        head.Write(ref writer);
        if (head.Bytes < FastHead.Many)
        {
            writer.Flush();
            ByteWriter.Put(ref writer, _model.Bytes.View.Codes, bytes, head.Bytes);
        }
        else
        {
            return WriteApart(output, output + writer.Align(), outputEnd, bytes, head.Bytes);
        }

        return WriteCommands(writer, output, outputEnd);
    }

    private int WriteCommands(BitWriter begun, byte* output, byte* outputEnd)
    {
        BitWriter writer = begun;
        KindRow* rows = _model.Rows;
        foreach (ref readonly FastCommand command in _finder.Commands)
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
            _model.EndCommand();
            _model.EndCopy();
        }

        return writer.Finish(output);
    }

    /// <summary>Many new bytes: they, the commands, and what these copy are streams of their own, from <paramref name="at"/> on.</summary>
    private int WriteApart(byte* output, byte* at, byte* outputEnd, byte* bytes, int count)
    {
        byte* commands = ByteWriter.WriteMany(at, outputEnd, _model.Bytes.View.Codes, bytes, count);
        byte* copies = commands == null ? null : WriteCommandStream(commands, outputEnd);
        if (copies == null)
        {
            return -1;
        }

        long length = copies - commands;
        BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(at + ByteStreams.CommandsAt, sizeof(ushort)), (ushort)length);
        at[ByteStreams.CommandsAt + sizeof(ushort)] = (byte)(length >> 16);
        return WriteCopyStream(output, copies, outputEnd);
    }

    /// <summary>Returns where it ends, null if there is no room for it.</summary>
    private byte* WriteCommandStream(byte* at, byte* end)
    {
        var writer = new BitWriter(at);
        KindRow* rows = _model.Rows;
        foreach (ref readonly FastCommand command in _finder.Commands)
        {
            if (end - writer.Next < MostPerCommand)
            {
                return null;
            }

            WriteCommand(ref writer, rows, command);
            writer.Flush();
            if (command.Length != 0)
            {
                _model.EndCommand();
            }
        }

        return at + writer.Align();
    }

    /// <summary>Returns the length of the payload, which this ends; -1 if there is no room for it.</summary>
    private int WriteCopyStream(byte* output, byte* at, byte* end)
    {
        var writer = new BitWriter(at);
        KindRow* rows = _model.Rows;
        foreach (ref readonly FastCommand command in _finder.Commands)
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
            _model.EndCopy();
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
