using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>Writes bits, the highest of a byte first. All of it is made one with its callers, so that its state stays in registers.</summary>
internal unsafe ref struct BitWriter
{
    /// <summary>Bytes that must be free behind what is written at any time.</summary>
    public const int Slack = sizeof(ulong);

    private readonly byte* _start;
    private byte* _next;
    private ulong _bits;
    private int _held;

    /// <summary>Begins at <paramref name="output"/>. The caller sees to it that there is room: <see cref="Count"/> and <see cref="Slack"/> more.</summary>
    public BitWriter(byte* output)
    {
        _start = output;
        _next = output;
    }

    /// <summary>Where the next byte goes.</summary>
    public readonly byte* Next => _next;

    /// <summary>Whole bytes written so far.</summary>
    public readonly long Count => _next - _start;

    /// <summary>Puts the low <paramref name="count"/> bits of <paramref name="value"/> behind the others; the bits above must be zero. At most 56 until <see cref="Flush"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(ulong value, int count)
    {
        _bits = (_bits << count) | value;
        _held += count;
    }

    /// <summary>Writes what has been put, but for less than a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flush()
    {
        // Shifted in two steps: nothing may be held, and a shift by 64 would be one by 0.
        Unsafe.WriteUnaligned(_next, BinaryPrimitives.ReverseEndianness((_bits << 1) << (63 - _held)));
        _next += _held >> 3;
        _held &= 7;
    }

    /// <summary>Fills the last byte with zeros; returns how many bytes there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Align()
    {
        Flush();
        _next += (_held + 7) >> 3;
        _held = 0;
        return (int)(_next - _start);
    }

    /// <summary>Ends the payload that began before this writer, at <paramref name="payload"/>: without zeros at its end; returns its length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Finish(byte* payload) => Trim(payload, _start + Align());

    /// <summary>The length of a payload without the zeros before <paramref name="end"/>.</summary>
    public static int Trim(byte* payload, byte* end)
    {
        while (end > payload && end[-1] == 0)
        {
            end--;
        }

        return (int)(end - payload);
    }
}
