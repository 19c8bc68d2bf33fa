namespace Railgun.Protocol.Deltas.Dense;

/// <summary>A base's index: the one that was given with it, or one of its own, made when it is first asked for.</summary>
internal sealed class LentIndex : IDisposable
{
    private DeltaBase _base;
    private BaseIndex? _own;

    /// <summary>Null only where the base is too short to have one.</summary>
    public BaseIndex? Value => _base.Body.Length < sizeof(ulong) ? null : _base.Index ?? (_own ??= BaseIndex.Build(_base.Body));

    /// <summary>Begins with a base.</summary>
    public void Start(in DeltaBase given)
    {
        Dispose();
        _base = given;
    }

    /// <summary>Lets go of its own.</summary>
    public void Dispose()
    {
        _own?.Dispose();
        _own = null;
    }
}
