using System.Numerics;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes segments at the fast level.</summary>
internal sealed unsafe class FastWriter : ISegmentWriter
{
    private const int Chunk = FastModel.Chunk;

    /// <summary>Bytes that a command without its new bytes takes at most, with the slack of <see cref="BitWriter"/>.</summary>
    private const int MostPerCommand = 24;

    private readonly FastModel _model = new();
    private readonly FastFinder _finder = new();
    private DeltaBase _first;
    private DeltaBase _second;

    /// <inheritdoc/>
    public void Start(in DeltaBase first, in DeltaBase second, long previous)
    {
        _first = first;
        _second = second;
        _finder.Start(first.Body.Length > 0, previous);
        _model.Start(first.Body.Length, second.Body.Length);
    }

    /// <inheritdoc/>
    public void Restart()
    {
        _finder.Restart(_first.Body.Length > 0);
        _model.Start(_first.Body.Length, _second.Body.Length);
    }

    /// <inheritdoc/>
    public int Write(in SegmentView view, bool last, Span<byte> payload)
    {
        _finder.Find(view, _first.Index, _second.Index);
        fixed (byte* output = payload)
        fixed (byte* target = view.Target)
        {
            var writer = new BitWriter(output);
            byte* at = target + view.Start;
            foreach (ref readonly FastCommand command in _finder.Commands)
            {
                if (payload.Length - writer.Count < MostPerCommand)
                {
                    return -1;
                }

                WriteKind(ref writer, command);
                for (int left = command.Run; left > 0; left -= Chunk)
                {
                    int count = Math.Min(Chunk, left);
                    if (payload.Length - writer.Count < ((PrefixCode.MaxBits * count) >> 3) + MostPerCommand + sizeof(ulong))
                    {
                        return -1;
                    }

                    WriteBytes(ref writer, _model.BytesAgainst(view.First, view.Second), at, count);
                    at += count;
                }

                if (command.Length > 0)
                {
                    WriteCopy(ref writer, command);
                    at += command.Length;
                }
            }

            writer.Put(last ? 0u : 1u, 1);
            return writer.Finish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // All that has the writer in hand is made one with the loop, so that it stays in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteKind(ref BitWriter writer, in FastCommand command)
    {
        int run = command.Run;
        int step = FastModel.RunStepOf(run);
        _model.Commands.Put(ref writer, (command.Kind * FastModel.RunSteps) + step);
        if (step >= FastModel.FirstWideRun)
        {
            uint value = (uint)run - FastModel.RunBases[step];
            if (step < FastModel.LongRun)
            {
                writer.Put(value, FastModel.RunBits[step]);
            }
            else
            {
                int log = BitOperations.Log2(value + 1);
                writer.Put((uint)log, FastModel.LongRunLogBits);
                writer.Put(value + 1 - (1u << log), log);
            }
        }

        writer.Flush();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteBytes(ref BitWriter writer, AdaptiveCode code, byte* bytes, int count)
    {
        int i = 0;
        for (; i <= count - 4; i += 4)
        {
            code.PutUncounted(ref writer, bytes[i]);
            code.PutUncounted(ref writer, bytes[i + 1]);
            code.PutUncounted(ref writer, bytes[i + 2]);
            code.PutUncounted(ref writer, bytes[i + 3]);
            writer.Flush();
        }

        for (; i < count; i++)
        {
            code.PutUncounted(ref writer, bytes[i]);
        }

        writer.Flush();
        code.Learnt(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteCopy(ref BitWriter writer, in FastCommand command)
    {
        bool aligned = command.Kind < FastModel.Resumed;
        if (command.Kind > FastModel.Resumed)
        {
            WriteAddress(ref writer, command);
            writer.Flush();
        }

        AdaptiveCode lengths = aligned ? _model.Lengths : _model.OtherLengths;
        uint value = (uint)command.Length - 1;
        int step = Ladder.StepOf(value, FastModel.FineLengths, out int bits);
        if (command.ToEnd)
        {
            step = FastModel.ToEnd - 1;
            bits = 0;
        }

        lengths.Put(ref writer, 1 + step);
        writer.Put(value & ((1u << bits) - 1), bits);
        writer.Flush();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteAddress(ref BitWriter writer, in FastCommand command)
    {
        if (command.Kind == FastModel.Past)
        {
            uint value = (uint)command.Address;
            _model.Distances.Put(ref writer, Ladder.StepOf(value, FastModel.FineDistances, out int bits));
            writer.Put(value & ((1u << bits) - 1), bits);
        }
        else if (command.Kind == FastModel.Far)
        {
            if (_model.HasSecond)
            {
                writer.Put(command.Second ? 1u : 0u, 1);
            }

            uint value = (uint)Math.Abs(command.Address) + 1;
            int log = BitOperations.Log2(value);
            _model.Jumps.Put(ref writer, (2 * log) + (command.Address < 0 ? 1 : 0));
            writer.Put(value - (1u << log), log);
        }
        else
        {
            _model.Nears.Put(ref writer, command.Address);
        }
    }
}
