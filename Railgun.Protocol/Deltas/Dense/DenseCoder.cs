using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// Says a target by what follows where it agrees with the bases and with its own past (DELTA_FORMAT.md, The dense level). One code for both
/// sides: an encoder is given the target, a decoder fills it in.
/// </summary>
internal sealed unsafe class DenseCoder : IDisposable
{
    private readonly LiteralModel _literals = new();
    private readonly GuessModel _guesses = new();
    private readonly SkipModel _skips = new();
    private readonly Trails _trails = new();
    private readonly Surroundings _surroundings;
    private Scene _scene;
    private BasePlaces? _firstPlaces;
    private BasePlaces? _secondPlaces;
    private bool _prepared;
    private CopySource _lostSource;
    private int _lost;
    private ulong _recent;
    private readonly Gain _gain = new();
    private Effort _effort = new();
    private bool _fresh;
    private int _at;

    /// <summary>Takes its memory.</summary>
    public DenseCoder() => _surroundings = new Surroundings(_trails.Texts, _literals);

    /// <summary>Begins a target. An encoder may give the tables of its bases, and keeps them until the target is over.</summary>
    public void Start(BasePlaces? first = null, BasePlaces? second = null)
    {
        _firstPlaces = first;
        _secondPlaces = second;
        Restart();
    }

    /// <summary>The target is over: lets go of the tables of its bases.</summary>
    public void Stop()
    {
        _firstPlaces = null;
        _secondPlaces = null;
        _trails.Stop();
    }

    /// <summary>What comes next has nothing to do with what was coded before: an encoder may work as hard as at first.</summary>
    public void Renew()
    {
        _effort = new Effort();
        _gain.Restart();
    }

    /// <summary>After a stored segment: forgets all but what was spent, and what was gained by it.</summary>
    public void Restart()
    {
        _skips.Clear();
        _fresh = true;
        _prepared = false;
    }

    /// <summary>Codes one segment.</summary>
    /// <param name="coder">Where to, or where from.</param>
    /// <param name="scene">The texts.</param>
    /// <param name="start">Where the segment begins in the target.</param>
    /// <param name="end">An encoder: where it ends. A decoder: where it must have ended.</param>
    /// <param name="reached">Where it did end.</param>
    /// <returns><see cref="DeltaStatus.SegmentEnd"/>, or what is wrong.</returns>
    public DeltaStatus Code<TCoder>(ref TCoder coder, in Scene scene, int start, int end, out int reached)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        _scene = scene;
        Open(scene, start);
        _at = start;
        _recent = Recent(start);
        int full = start + DeltaLimits.MaxSegmentTarget;
        DeltaStatus status = DeltaStatus.NeedCoded;
        while (status == DeltaStatus.NeedCoded)
        {
            if (TCoder.Encodes && (_effort.IsOver || _gain.IsNone))
            {
                end = _at;
            }

            ref Trail elder = ref _trails.Elder;
            bool wrong = false;
            bool sure = elder.Next != null && elder.Run >= Trails.SureAfter;
            bool alone = !sure && !_trails.IsPlain;
            status = _at == full ? DeltaStatus.SegmentEnd
                : sure ? Skip(ref coder, ref elder, end, full, out wrong)
                : alone ? DeltaStatus.NeedCoded
                : Follow(ref coder, ref elder, end, full, out wrong);
            if (status == DeltaStatus.NeedCoded && (wrong || alone))
            {
                status = CodeByte(ref coder, end, wrong);
            }
        }

        _trails.Close();
        reached = _at;
        return status;
    }

    /// <summary>How the target goes on behind a segment.</summary>
    public Sequel CodeSequel<TCoder>(ref TCoder coder, Sequel sequel)
        where TCoder : struct, IBitCoder, allows ref struct => _skips.CodeSequel(ref coder, sequel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _literals.Dispose();
        _guesses.Dispose();
    }

    private void Open(in Scene scene, int start)
    {
        if (_fresh)
        {
            _fresh = false;
            _trails.Start(scene, start);
            _lostSource = _trails.Elder.Source;
            _lost = (int)_trails.Elder.Offset;
        }

        _trails.Open(scene);
    }

    /// <summary>Follows a trail as far as it agrees. <paramref name="wrong"/>: what it says next is known not to be so.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DeltaStatus Skip<TCoder>(ref TCoder coder, ref Trail trail, int end, int full, out bool wrong)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        wrong = false;
        _trails.Younger.Next = null;
        int room = (int)Math.Min((ulong)(full - _at), (ulong)(trail.End - trail.Next));
        int count = TCoder.Encodes ? Alike.Forward(_scene.Target + _at, trail.Next, Math.Min(end - _at, room)) : 0;
        count = _skips.Code(ref coder, count, room, trail.Agreed);
        if (count > room)
        {
            return DeltaStatus.Invalid;
        }

        if (count > end - _at)
        {
            return DeltaStatus.LimitExceeded;
        }

        if (!TCoder.Encodes)
        {
            Copy(trail.Next, count);
        }

        _at += count;
        _effort.Skip(count);
        trail.Next += count;
        trail.Agreed = Math.Min(trail.Agreed + count, DeltaLimits.MaxSegmentTarget);
        _recent = Recent(_at);
        if (_at == full)
        {
            return DeltaStatus.SegmentEnd;
        }

        wrong = trail.Next != trail.End;
        return wrong || !AtTrailEnd(ref coder, ref trail, end) ? DeltaStatus.NeedCoded : DeltaStatus.SegmentEnd;
    }

    /// <summary>Decides byte by byte whether a trail is right, until it is wrong or has become sure.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DeltaStatus Follow<TCoder>(ref TCoder coder, ref Trail trail, int end, int full, out bool wrong)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        byte* next = trail.Next;
        int first = _at;
        int at = first;
        int misses = trail.Misses;
        int agreed = trail.Agreed;
        int most = Math.Min(full - at, Trails.SureAfter - trail.Run) + at;
        ulong recent = _recent;
        do
        {
            int guess = *next;
            int kind = TrailKind.Of(agreed, misses);
            bool hit = TCoder.Encodes && at < end && _scene.Target[at] == guess;
            hit = _guesses.Code(ref coder, hit, guess, kind, TrailKind.GroupOf(kind), recent);
            wrong = !hit;
            if (!hit)
            {
                break;
            }

            if (!TCoder.Encodes)
            {
                if (at >= end)
                {
                    return DeltaStatus.LimitExceeded;
                }

                _scene.Target[at] = (byte)guess;
            }

            recent = (recent << 8) | (uint)guess;
            misses = (misses << 1) & 255;
            agreed++;
            next++;
            at++;
        }
        while (at < most && next != trail.End);

        _at = at;
        _recent = recent;
        _surroundings.Earn(at - first);
        _effort.Follow(at - first);
        trail.Next = next;
        trail.Misses = misses;
        trail.Agreed = agreed;
        trail.Run += at - first;
        return wrong || next != trail.End || !AtTrailEnd(ref coder, ref trail, end) ? DeltaStatus.NeedCoded : DeltaStatus.SegmentEnd;
    }

    /// <summary>Where a trail's text ends: whether the segment does too.</summary>
    private bool AtTrailEnd<TCoder>(ref TCoder coder, ref Trail trail, int end)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        trail.Next = null;
        return _skips.CodeEnd(ref coder, TCoder.Encodes && _at == end);
    }

    /// <summary>One byte: is it what the trails guess, and if not, which? The first guess, said to be wrong and then coded all the same, ends the segment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DeltaStatus CodeByte<TCoder>(ref TCoder coder, int end, bool wrong)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        if (!_prepared)
        {
            Prepare();
        }

        int at = _at;
        int taken = coder.Taken;
        ulong recent = _recent;
        _trails.Doubt(at, recent);
        ref Trail elder = ref _trails.Elder;
        ref Trail younger = ref _trails.Younger;
        Guesses guesses = Guesses.Of(elder, younger, wrong, _guesses);
        bool stops = TCoder.Encodes && at == end;
        int value = TCoder.Encodes && !stops ? _scene.Target[at] : guesses.First;
        if (wrong || !_guesses.Code(ref coder, !stops && value == guesses.First, guesses.First, guesses.Kind, TrailKind.GroupOf(guesses.Kind), recent))
        {
            _literals.Expect(value, recent, guesses.First);
            if (TCoder.Encodes)
            {
                _trails.Expect((recent << 8) | (uint)value);
            }

            ReadAround(elder);
            if (guesses.Second >= 0
                && _guesses.Code(ref coder, !stops && value == guesses.Second, guesses.Second, guesses.SecondKind, TrailKind.SecondGroup, recent))
            {
                value = guesses.Second;
            }
            else
            {
                _effort.Spell();
                value = _literals.Code(ref coder, value, recent, guesses.First);
                if (value == guesses.First || coder.IsFull)
                {
                    return DeltaStatus.SegmentEnd;
                }
            }
        }
        else
        {
            value = guesses.First;
        }

        if (!TCoder.Encodes)
        {
            if (at >= end)
            {
                return DeltaStatus.LimitExceeded;
            }

            _scene.Target[at] = (byte)value;
        }

        _surroundings.Earn(1);
        if (TCoder.Encodes)
        {
            _effort.Decide();
            _gain.Decided(value, coder.Taken - taken);
        }

        _trails.Texts.Enter(recent, _scene.FirstLength + (long)_scene.SecondLength + _scene.Dropped + at);
        _recent = (recent << 8) | (uint)value;
        _at = at + 1;
        bool reachedEnd = elder.Next != null && elder.Pass(value);
        reachedEnd |= younger.Next != null && younger.Pass(value);
        _trails.Succeed();
        return reachedEnd && _skips.CodeEnd(ref coder, TCoder.Encodes && _at == end) ? DeltaStatus.SegmentEnd : DeltaStatus.NeedCoded;
    }

    private void Prepare()
    {
        _prepared = true;
        _trails.Prepare(_firstPlaces, _secondPlaces);
        _literals.Clear();
        _guesses.Clear();
        _surroundings.Start();
    }

    private void ReadAround(in Trail elder)
    {
        if (elder.Next != null && elder.Source != CopySource.Target)
        {
            _lostSource = elder.Source;
            _lost = (int)(elder.Next - _scene.Origin(elder.Source));
        }

        _surroundings.Read(_scene, _lostSource, _lost);
    }

    /// <summary>Appends what a trail says; a trail through the target's own past may say what it has just said.</summary>
    private void Copy(byte* from, int count)
    {
        byte* to = _scene.Target + _at;
        while (count > 0)
        {
            int part = from < to ? (int)Math.Min(count, to - from) : count;
            Buffer.MemoryCopy(from, to, part, part);
            to += part;
            count -= part;
        }
    }

    /// <summary>The last eight bytes of the target, the latest lowest.</summary>
    private ulong Recent(int at)
    {
        if (at >= sizeof(ulong))
        {
            return BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(_scene.Target + at - sizeof(ulong)));
        }

        ulong recent = 0;
        for (int i = 0; i < at; i++)
        {
            recent = (recent << 8) | _scene.Target[i];
        }

        return recent;
    }
}
