namespace Railgun.Protocol.Deltas.Fast;

/// <summary>The codes that one segment's new bytes have, round by round: its streams are written one after the other, but each code is learnt from all of them.</summary>
internal sealed unsafe class RoundCodes
{
    private const int Size = 256;

    private readonly ushort[] _codes = GC.AllocateUninitializedArray<ushort>(ByteStreams.MaxRounds * Size, pinned: true);

    /// <summary>By byte, as <see cref="PrefixCode.Codes"/>.</summary>
    public ushort* this[int round] => Pinned.AddressOf(_codes) + (round * Size);

    /// <summary>Makes those of all rounds.</summary>
    public void Make(FastModel model, byte* bytes, int count)
    {
        int quarter = ByteStreams.QuarterOf(count);
        int begin = 0;
        for (int round = 0; ; round++)
        {
            new ReadOnlySpan<ushort>(model.Bytes.View.Codes, Size).CopyTo(_codes.AsSpan(round * Size));
            int end = ByteStreams.EndOfRound(begin, quarter);
            if (end == quarter)
            {
                return;
            }

            model.EndRound(bytes, count, begin, end);
            begin = end;
        }
    }
}
