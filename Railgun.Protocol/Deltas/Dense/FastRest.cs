using Railgun.Protocol.Deltas.Fast;

namespace Railgun.Protocol.Deltas.Dense;

/// <summary>Writes at the fast level what is left of a target once the dense level has done as much as it may. Takes no memory before that.</summary>
internal sealed class FastRest : IDisposable
{
    private FastWriter? _fast;
    private BaseIndex? _firstIndex;
    private BaseIndex? _secondIndex;
    private DeltaBase _first;
    private DeltaBase _second;

    /// <summary>Whether the target is at the fast level now.</summary>
    public bool Begun { get; private set; }

    /// <summary>Bytes of the indexes that were made for the target.</summary>
    public long IndexBytes => (_firstIndex?.MemoryBytes ?? 0) + (_secondIndex?.MemoryBytes ?? 0);

    /// <summary>Begins a target, at the dense level.</summary>
    public void Start(in DeltaBase first, in DeltaBase second)
    {
        Return();
        _first = first;
        _second = second;
    }

    /// <summary>After a stored segment: the dense level is tried again.</summary>
    public void Restart() => Begun = false;

    /// <summary>The target is over: lets go of what was made for it.</summary>
    public void Stop()
    {
        Return();
        _first = default;
        _second = default;
        _fast?.Stop();
    }

    /// <summary>The payload from <paramref name="view"/>'s start on; its length, -1 if it does not fit.</summary>
    public int Write(in SegmentView view, bool last, Span<byte> payload)
    {
        if (!Begun)
        {
            Begin();
        }

        return _fast!.Write(view, last, payload);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        _fast?.Dispose();
    }

    private void Begin()
    {
        _fast ??= new FastWriter();
        _first = Indexed(_first, ref _firstIndex);
        _second = Indexed(_second, ref _secondIndex);
        _fast.Start(_first, _second);
        Begun = true;
    }

    // Most targets never come here: so few bases are worth an index that it is made where it is needed, if the caller has none.
    private static DeltaBase Indexed(in DeltaBase given, ref BaseIndex? index) =>
        given.Index is not null || given.Body.IsEmpty ? given : given with { Index = index ??= BaseIndex.Build(given.Body, given.IndexedFrom) };

    private void Return()
    {
        Begun = false;
        _firstIndex?.Dispose();
        _secondIndex?.Dispose();
        _firstIndex = null;
        _secondIndex = null;
    }
}
