using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes segments at the fast level.</summary>
internal sealed unsafe class FastWriter : ISegmentWriter
{
    /// <summary>Runs of so many bytes or fewer are put as if they had so many.</summary>
    private const int ShortRun = 32;

    private readonly FastModel _model = new(reads: false);
    private readonly Tally _tally;
    private readonly FastFinder _finder = new();
    private readonly RoundCodes _codes = new();
    private DeltaBase _first;
    private DeltaBase _second;
    private byte[] _bytes = [];
    private byte[] _secondStream = [];

    /// <summary>For one target at a time.</summary>
    public FastWriter() => _tally = new Tally(_model);

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
        _tally.Start();
    }

    /// <inheritdoc/>
    public int Write(in SegmentView around, bool last, Span<byte> payload)
    {
        SegmentView view = around.Alone();
        _finder.Find(view, _first.Index, _second.Index);
        Reserve(ref _bytes, _finder.NewBytes + ShortRun);
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
    public void Stop()
    {
        _first = default;
        _second = default;
        _finder.Stop();
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
            return WriteStreams(output, output + writer.Align(), outputEnd, bytes, head.Bytes);
        }

        return CommandWriter.Write(writer, _model, _tally, _finder.Commands, output, outputEnd);
    }

    /// <summary>Many new bytes: they and the commands lie in streams, from <paramref name="at"/> on.</summary>
    private int WriteStreams(byte* output, byte* at, byte* outputEnd, byte* bytes, int count)
    {
        _codes.Make(_model, bytes, count);
        byte* commands = ByteWriter.WriteMany(at, outputEnd, _codes, bytes, count);
        if (commands == null)
        {
            return -1;
        }

        // The second stream is put behind the first once it is known where that ends.
        int room = (int)Math.Min(outputEnd - commands, CommandWriter.RoomFor((_finder.Commands.Length + 1) / 2));
        Reserve(ref _secondStream, room);
        fixed (byte* other = _secondStream)
        {
            (int length, int otherLength) = CommandWriter.WriteInTurns(_model, _tally, _finder.Commands, commands, outputEnd, other, other + room);
            if (length < 0 || otherLength > outputEnd - commands - length)
            {
                return -1;
            }

            BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(at + ByteStreams.CommandsAt, sizeof(ushort)), (ushort)length);
            at[ByteStreams.CommandsAt + sizeof(ushort)] = (byte)(length >> 16);
            Unsafe.CopyBlockUnaligned(commands + length, other, (uint)otherLength);
            return BitWriter.Trim(output, commands + length + otherLength);
        }
    }

    private static void Reserve(ref byte[] buffer, int room)
    {
        if (buffer.Length < room)
        {
            buffer = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)room));
        }
    }
}
