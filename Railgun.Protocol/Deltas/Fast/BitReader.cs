using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The other side of <see cref="BitWriter"/>. Behind the payload it reads zeros, so any bytes decode to something.</summary>
internal ref struct BitReader
{
    private readonly ReadOnlySpan<byte> _payload;
    private ulong _bits;
    private int _held;
    private int _taken;

    /// <summary>Begins with <paramref name="payload"/>.</summary>
    public BitReader(ReadOnlySpan<byte> payload) => _payload = payload;

    /// <summary>Makes sure that 32 bits can be looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill()
    {
        if (_held < 32)
        {
            Refill();
        }
    }

    /// <summary>The next <paramref name="count"/> bits, not taken; after <see cref="Fill"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly uint Peek(int count) => (uint)(_bits & ((1UL << count) - 1));

    /// <summary>Takes bits that were looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        _bits >>= count;
        _held -= count;
    }

    /// <summary>The next <paramref name="count"/> bits, at most 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Read(int count)
    {
        Fill();
        uint value = Peek(count);
        Skip(count);
        return value;
    }

    private void Refill()
    {
        uint word = 0;
        if (_payload.Length - _taken >= sizeof(uint))
        {
            word = BinaryPrimitives.ReadUInt32LittleEndian(_payload[_taken..]);
        }
        else
        {
            for (int i = _taken; i < _payload.Length; i++)
            {
                word |= (uint)_payload[i] << (8 * (i - _taken));
            }
        }

        _taken = Math.Min(_payload.Length, _taken + sizeof(uint));
        _bits |= (ulong)word << _held;
        _held += 32;
    }
}
