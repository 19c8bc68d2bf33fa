using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Railgun.Protocol.Deltas.Matching;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>
/// The two trails that the target is compared with, and the search for new ones: the elder is followed until it has proved wrong; where it is in
/// doubt, a younger one is looked for by the last bytes, and takes its place when it has proved right.
/// </summary>
internal sealed unsafe class Trails
{
    /// <summary>After so many right guesses in a row a trail is followed by one number instead of a decision a byte.</summary>
    public const int SureAfter = 32;

    /// <summary>Bytes that must agree before a new trail, and how many are compared at most.</summary>
    private const int LeastAgreed = TextFinder.Grain;
    private const int MostCompared = 32;

    /// <summary>A younger trail that agrees this far is not searched for a better one.</summary>
    private const int GoodAgreed = 16;

    /// <summary>Right guesses after which the elder is not in doubt.</summary>
    private const int LittleDoubt = 1;

    /// <summary>Right guesses after which a younger one that has been right no longer is let go.</summary>
    private const int NoDoubt = 8;

    /// <summary>Right guesses after which any younger one is.</summary>
    private const int NoQuestion = 16;

    private readonly TextFinder _texts = new();
    private readonly BaseFinder _firstFinder = new();
    private readonly BaseFinder _secondFinder = new();
    private Trail _elder;
    private Trail _younger;
    private Scene _scene;
    private BasePlaces? _firstPlaces;
    private BasePlaces? _secondPlaces;
    private bool _searched;

    /// <summary>The trail that is followed.</summary>
    public ref Trail Elder => ref _elder;

    /// <summary>The one that may replace it.</summary>
    public ref Trail Younger => ref _younger;

    /// <summary>Where texts are noted.</summary>
    public TextFinder Texts => _texts;

    /// <summary>
    /// Begins a target, or goes on at <paramref name="at"/> behind a stored segment: the target is expected to follow the first base, or the second
    /// if the first is empty, at the same offset.
    /// </summary>
    public void Start(in Scene scene, int at)
    {
        bool second = scene.FirstLength == 0 && scene.SecondLength > 0;
        int length = second ? scene.SecondLength : scene.FirstLength;
        _elder = new Trail
        {
            Source = second ? CopySource.Second : CopySource.First,
            Offset = Math.Min(scene.Dropped + at, length),
            Agreed = 64,
            Run = SureAfter,
        };
        _younger = new Trail { Offset = -1 };
    }

    /// <summary>Begins a segment.</summary>
    public void Open(in Scene scene)
    {
        _scene = scene;
        Open(ref _elder);
        Open(ref _younger);
    }

    /// <summary>Ends a segment: what points into memory becomes offsets.</summary>
    public void Close()
    {
        Close(ref _elder);
        Close(ref _younger);
    }

    /// <summary>Before the first new byte of a target: nothing is noted.</summary>
    /// <param name="first">The table of the first base; null: it is made here, where a search needs it.</param>
    /// <param name="second">Likewise.</param>
    public void Prepare(BasePlaces? first, BasePlaces? second)
    {
        _texts.Clear();
        _firstPlaces = first;
        _secondPlaces = second;
        _searched = false;
    }

    /// <summary>The target is over: lets go of its bases' tables.</summary>
    public void Stop()
    {
        _firstPlaces = null;
        _secondPlaces = null;
    }

    /// <summary>Whether the elder is followed without a look at anything else.</summary>
    public bool IsPlain
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _elder.Next != null && _younger.Next == null && _elder.Run >= LittleDoubt;
    }

    /// <summary>Where there is doubt, looks for a younger trail that agrees with more of the last bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Doubt(int at, ulong recent)
    {
        if ((_elder.Next == null || _elder.Run < LittleDoubt) && (_younger.Next == null || _younger.Agreed < GoodAgreed))
        {
            Look(at, recent);
        }
    }

    /// <summary>Asks the processor for what a search behind these bytes will want.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong recent)
    {
        _texts.Expect(recent);
        _firstFinder.Expect(BinaryPrimitives.ReverseEndianness(recent << (64 - (8 * BasePlaces.Grain))));
    }

    /// <summary>
    /// After a byte: the younger trail takes the elder's place if that is lost, or if it has been right for long while the elder has not; it is
    /// let go when the elder has proved right.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Succeed()
    {
        if (_younger.Next == null)
        {
            return;
        }

        if (_elder.Next == null || (_younger.Run >= SureAfter && _younger.Run > _elder.Run))
        {
            _elder = _younger;
            _younger.Next = null;
        }
        else if (_elder.Run >= NoQuestion || (_elder.Run >= NoDoubt && _elder.Run > _younger.Run))
        {
            _younger.Next = null;
        }
    }

    /// <summary>Before the first search of a target: the bases' texts are looked over, where that was not done before.</summary>
    private void OpenBases()
    {
        _searched = true;
        _firstFinder.Open(_firstPlaces, _scene.First, _scene.FirstLength);
        _secondFinder.Open(_secondPlaces, _scene.Second, _scene.SecondLength);
    }

    private void Look(int at, ulong recent)
    {
        if (at < LeastAgreed)
        {
            return;
        }

        if (!_searched)
        {
            OpenBases();
        }

        int best = _younger.Next == null ? LeastAgreed - 1 : Math.Max(LeastAgreed - 1, _younger.Agreed);

        // All tables are asked before any text is compared: their misses in the caches overlap.
        long place = _texts.Find(recent);
        ulong word = BinaryPrimitives.ReverseEndianness(recent << (64 - (8 * BasePlaces.Grain)));
        int inFirst = _scene.FirstLength > 0 ? _firstFinder.Find(word) : -1;
        int inSecond = _scene.SecondLength > 0 ? _secondFinder.Find(word) : -1;
        if (place >= _scene.FirstLength + (long)_scene.SecondLength)
        {
            place -= _scene.FirstLength + (long)_scene.SecondLength + _scene.Dropped;
            if (at - place <= DeltaLimits.Window - MostCompared)
            {
                Consider(_scene.Target + place, CopySource.Target, at, (int)place, ref best);
            }
        }
        else if (place >= _scene.FirstLength)
        {
            Consider(CopySource.Second, at, (int)(place - _scene.FirstLength), ref best);
        }
        else if (place >= 0)
        {
            Consider(CopySource.First, at, (int)place, ref best);
        }

        Consider(CopySource.First, at, inFirst, ref best);
        Consider(CopySource.Second, at, inSecond, ref best);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Consider(CopySource source, int at, int place, ref int best)
    {
        if (place >= 0)
        {
            Consider(_scene.Origin(source) + place, source, at, place, ref best);
        }
    }

    private void Consider(byte* next, CopySource source, int at, int place, ref int best)
    {
        byte* end = _scene.EndOf(source);
        if (place < LeastAgreed || next >= end || next == _elder.Next || next == _younger.Next
            || Unsafe.ReadUnaligned<uint>(next - LeastAgreed) != Unsafe.ReadUnaligned<uint>(_scene.Target + at - LeastAgreed))
        {
            return;
        }

        int agreed = LeastAgreed + Alike.Backward(_scene.Target + at - LeastAgreed, next - LeastAgreed, Math.Min(MostCompared, Math.Min(at, place)) - LeastAgreed);
        if (agreed > best)
        {
            best = agreed;
            _younger = new Trail { Next = next, End = end, Source = source, Agreed = agreed };
        }
    }

    private void Open(ref Trail trail)
    {
        if (trail.Offset >= 0)
        {
            trail.Next = _scene.Origin(trail.Source) + trail.Offset;
            trail.End = _scene.EndOf(trail.Source);
            trail.Next = trail.Next == trail.End ? null : trail.Next;
        }
        else
        {
            trail.Next = null;
        }
    }

    private void Close(ref Trail trail)
    {
        trail.Offset = trail.Next == null ? -1 : trail.Next - _scene.Origin(trail.Source);
        trail.Next = null;
    }
}
