using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Dense;
using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Protocol.Versions;

/// <summary>
/// A stored response body: immutable, named by its SHA-256, in native memory that is freed when nobody holds it any more. Thread-safe.
/// Whoever takes a reference must release it, once; the body must not be touched afterwards.
/// </summary>
internal sealed class Version
{
    // Bit 0: a store holds it. The rest: references held outside the store, times two. All zero: freed, for good.
    private const int Stored = 1;
    private const int Reference = 2;

    private readonly NativeBody _body;
    private VersionStore? _store;
    private BaseIndex? _index;
    private BasePlaces? _places;
    private MadeSignature? _signature;
    private ulong _knownIn;
    private int _state = Reference;

    /// <summary>Makes a version of <paramref name="body"/>, whose owner it becomes; the caller holds the one reference.</summary>
    internal Version(VersionName name, NativeBody body)
    {
        Name = name;
        _body = body;
        Length = body.Length;
        Footprint = body.Footprint;
    }

    /// <summary>The SHA-256 of the body.</summary>
    public VersionName Name { get; }

    /// <summary>Bytes in the body: 1 to <see cref="Engine.Limits.MaxVersion"/>.</summary>
    public int Length { get; }

    /// <summary>The body, while a reference is held.</summary>
    /// <exception cref="ObjectDisposedException">Nobody held the version any more.</exception>
    public ReadOnlyMemory<byte> Body => _body.Memory;

    /// <summary>
    /// The index that deltas against this version need: made on first use, once for all, and valid while the caller holds its reference.
    /// </summary>
    public BaseIndex GetIndex()
    {
        if (Volatile.Read(ref _index) is { } made)
        {
            return made;
        }

        BaseIndex index;
        lock (_body)
        {
            index = _index ??= BaseIndex.Build(Body);
        }

        // Either this thread sees the store, or the store, which enters itself before it counts, sees the index.
        Interlocked.MemoryBarrier();
        _store?.CountIndex(this);
        return index;
    }

    /// <summary>Likewise, the table that dense deltas against this version need; it is counted from now on, and made when one needs it.</summary>
    public BasePlaces GetPlaces()
    {
        if (Volatile.Read(ref _places) is { } made)
        {
            return made;
        }

        BasePlaces places;
        lock (_body)
        {
            places = _places ??= new BasePlaces(Body);
        }

        Interlocked.MemoryBarrier();
        _store?.CountIndex(this);
        return places;
    }

    /// <summary>
    /// The signature of the body (DELTA_FORMAT.md, Signatures), made at the first call for a seed and kept until another seed comes. The caller holds a reference.
    /// </summary>
    public ReadOnlyMemory<byte> GetSignature(SignatureSeed seed)
    {
        if (Volatile.Read(ref _signature) is { } made && made.Seed == seed)
        {
            return made.Bytes;
        }

        lock (_body)
        {
            made = _signature;
            if (made is null || made.Seed != seed)
            {
                made = new MadeSignature(seed, SignatureWriter.Write(Body.Span, seed));
                Volatile.Write(ref _signature, made);
            }
        }

        Interlocked.MemoryBarrier();
        _store?.CountIndex(this);
        return made.Bytes;
    }

    /// <summary>Listener: the store epoch of the sender in which it is known to hold the version too; 0 before any. Never wrong bytes, only more or fewer of them, hang on it.</summary>
    public ulong KnownIn
    {
        get => Volatile.Read(ref _knownIn);
        set => Volatile.Write(ref _knownIn, value);
    }

    /// <summary>Takes a reference; false if the version is freed already.</summary>
    public bool TryAcquire()
    {
        int state = Volatile.Read(ref _state);
        while (state != 0)
        {
            int seen = Interlocked.CompareExchange(ref _state, state + Reference, state);
            if (seen == state)
            {
                if (state < Reference)
                {
                    _store?.Pinned.Take(Length);
                }

                return true;
            }

            state = seen;
        }

        return false;
    }

    /// <summary>Gives a reference back.</summary>
    /// <exception cref="InvalidOperationException">There was none to give back.</exception>
    public void Release()
    {
        int state = Interlocked.Add(ref _state, -Reference);
        if (state < 0)
        {
            throw new InvalidOperationException("A version was released more often than acquired.");
        }

        if (state < Reference)
        {
            _store?.Pinned.Return(Length);
        }

        if (state == 0)
        {
            Free();
        }
    }

    /// <summary>Bytes of memory that it takes outside the managed heap.</summary>
    internal long Footprint { get; }

    /// <summary>Bytes that the index, the table of places and the signature take; 0 without them.</summary>
    internal long IndexBytes =>
        (Volatile.Read(ref _index)?.MemoryBytes ?? 0) + (Volatile.Read(ref _places)?.MemoryBytes ?? 0) + (Volatile.Read(ref _signature)?.Bytes.Length ?? 0);

    /// <summary>Whether somebody besides the store holds a reference.</summary>
    internal bool IsPinned => Volatile.Read(ref _state) >= Reference;

    /// <summary>The store takes hold; the caller has a reference, and no other store ever had the version.</summary>
    internal void EnterStore(VersionStore store)
    {
        if (_store is not null && _store != store)
        {
            throw new InvalidOperationException("A version belongs to one store.");
        }

        if (_store is null)
        {
            _store = store;
            store.Pinned.Take(Length);
        }

        Interlocked.Or(ref _state, Stored);
    }

    /// <summary>The store lets go; the body is freed if nobody else holds it.</summary>
    internal void LeaveStore()
    {
        if (Interlocked.And(ref _state, ~Stored) == Stored)
        {
            Free();
        }
    }

    /// <summary>Gives the memory of the index and the table of places back; false if somebody may be using it. Called within the store's lock, without which nobody gets a first reference.</summary>
    internal bool TryDropIndex()
    {
        if (IsPinned)
        {
            return false;
        }

        Interlocked.Exchange(ref _index, null)?.Dispose();
        Interlocked.Exchange(ref _places, null)?.Dispose();
        _signature = null;
        return true;
    }

    private void Free()
    {
        _index?.Dispose();
        _places?.Dispose();
        _body.Free();
    }
}
