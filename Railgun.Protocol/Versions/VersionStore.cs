using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Versions;

/// <summary>
/// The versions that one side of the link keeps, bounded by bytes. Thread-safe: one lock, held for lookups and links only, never while memory is freed.
/// A lookup allocates nothing. Besides its capacity the store takes what is pinned and what is being built, each bounded too.
/// </summary>
internal sealed class VersionStore : IDisposable
{
    /// <summary>A version takes this part of the store's capacity at most, so that one body cannot push out all others.</summary>
    private const int LargestPart = 16;

    private readonly Lock _lock = new();
    private readonly StoreIndex _index;
    private readonly ByteBudget _building;
    private readonly long _capacity;
    private long _evictions;
    private bool _disposed;

    /// <summary>Makes an empty store.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is too small.</exception>
    public VersionStore(VersionStoreOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CapacityBytes, VersionStoreOptions.MinCapacityBytes, nameof(options.CapacityBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VersionsPerPage, 1, nameof(options.VersionsPerPage));
        ArgumentOutOfRangeException.ThrowIfNegative(options.PinnedBytes ?? 0, nameof(options.PinnedBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(options.BuildingBytes ?? 0, nameof(options.BuildingBytes));
        _capacity = options.CapacityBytes;
        _index = new StoreIndex(_capacity, options.VersionsPerPage);
        Pinned = new ByteBudget(options.PinnedBytes ?? (_capacity / 4));
        _building = new ByteBudget(options.BuildingBytes ?? (_capacity / 4));
        MaxVersionLength = (int)Math.Min(Limits.MaxVersion, _capacity / LargestPart);
    }

    /// <summary>The longest body that is kept, in bytes: 32 MB or a sixteenth of the capacity, whichever is less.</summary>
    public int MaxVersionLength { get; }

    /// <summary>The bytes of versions that somebody holds besides the store.</summary>
    internal ByteBudget Pinned { get; }

    /// <summary>A builder for a body that may become a version here: it stops keeping where this store's bounds say so.</summary>
    /// <param name="longest">The longest body to keep, in bytes, where that is less than <see cref="MaxVersionLength"/>.</param>
    public VersionBuilder NewBuilder(long longest = long.MaxValue) => new((int)Math.Min(longest, MaxVersionLength), _building);

    /// <summary>
    /// Keeps <paramref name="version"/> as the newest of the use's page; a version of the same name that is here already stands for it.
    /// The store takes its own reference. Does nothing if the use shares with nobody or the body is too long.
    /// </summary>
    public void Put(Version version, in VersionUse use)
    {
        bool nobodys = use.Sharing == Sharing.None || (use.Sharing == Sharing.Principal && use.Principal.IsAnonymous);
        if (nobodys || version.Length > MaxVersionLength)
        {
            return;
        }

        StoredVersion? left;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            if (!_index.TryFind(version.Name, out StoredVersion? stored))
            {
                version.EnterStore(this);
                stored = new StoredVersion(version);
            }

            _index.Put(stored, use);
            _index.CountIndex(stored);
            MakeRoom();
            left = _index.TakeLeft();
        }

        LetGo(left);
    }

    /// <summary>
    /// Finds a version by name and takes a reference for the caller, who releases it.
    /// </summary>
    /// <param name="name">The version's name; may be the default one, which nothing has.</param>
    /// <param name="asker">Who asks for what.</param>
    /// <param name="publicOnly">Whether only public versions will do.</param>
    /// <param name="pinned">The version; null unless true is returned.</param>
    /// <returns>False if it is not here, the asker may not have it, or too much is pinned.</returns>
    public bool TryPin(VersionName name, in VersionUse asker, bool publicOnly, out Version? pinned)
    {
        lock (_lock)
        {
            if (_index.TryFind(name, out StoredVersion? stored) && stored.MayServe(asker, publicOnly) && TryPin(stored))
            {
                _index.Prove(stored);
                pinned = stored.Version;
                return true;
            }
        }

        pinned = null;
        return false;
    }

    /// <summary>Whether a version of that name is here, whoever may have it.</summary>
    public bool Holds(VersionName name)
    {
        lock (_lock)
        {
            return _index.TryFind(name, out _);
        }
    }

    /// <summary>As the other, for callers that do not ask for the reason.</summary>
    public int FindOffers(in VersionUse asker, bool publicOnly, Span<Version> offers) => FindOffers(asker, publicOnly, offers, out _);

    /// <summary>
    /// Finds what to offer as bases for the answer to a request: at most two versions of the page, newest first, then one of its template.
    /// Takes a reference on each for the caller, who releases it when the answer has named its base.
    /// </summary>
    /// <param name="asker">Who asks for what.</param>
    /// <param name="publicOnly">Whether only public versions will do.</param>
    /// <param name="offers">Receives the versions, from its start; <see cref="Limits.MaxOffers"/> long, or less for less.</param>
    /// <param name="reason">One of the words in <see cref="NoOffer"/>.</param>
    /// <returns>How many were found.</returns>
    public int FindOffers(in VersionUse asker, bool publicOnly, Span<Version> offers, out string reason)
    {
        lock (_lock)
        {
            var finder = new OfferFinder(_index, asker, publicOnly);
            int count = 0;
            bool refused = false;
            while (count < offers.Length && finder.Next() is { } found)
            {
                if (TryPin(found))
                {
                    offers[count++] = found.Version;
                }
                else
                {
                    refused = true;
                }
            }

            finder.ProvePage();
            reason = count > 0 ? NoOffer.None : refused ? NoOffer.PinsFull : NoOffer.NotSeen;
            return count;
        }
    }

    /// <summary>What the store holds now.</summary>
    public StoreSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new StoreSnapshot
            {
                Bytes = _index.Bytes,
                IndexBytes = _index.IndexBytes,
                CapacityBytes = _capacity,
                Versions = _index.Versions,
                Uses = _index.Uses,
                PinnedBytes = Pinned.Taken,
                PinnedCapacityBytes = Pinned.Limit,
                BuildingBytes = _building.Taken,
                Evictions = _evictions,
            };
        }
    }

    /// <summary>Lets go of all versions; those that somebody holds are freed when released.</summary>
    public void Dispose()
    {
        StoredVersion? left;
        lock (_lock)
        {
            _disposed = true;
            while (_index.Next is { } next)
            {
                _index.Remove(next);
            }

            left = _index.TakeLeft();
        }

        LetGo(left);
    }

    /// <summary>Counts the index that <paramref name="version"/> has got, if it is here.</summary>
    internal void CountIndex(Version version)
    {
        StoredVersion? left;
        lock (_lock)
        {
            if (_index.TryFind(version.Name, out StoredVersion? stored) && stored.Version == version)
            {
                _index.CountIndex(stored);
                MakeRoom();
            }

            left = _index.TakeLeft();
        }

        LetGo(left);
    }

    private static void LetGo(StoredVersion? left)
    {
        for (; left is not null; left = left.LeftBefore)
        {
            left.Version.LeaveStore();
        }
    }

    private bool TryPin(StoredVersion stored)
    {
        bool room = stored.Version.IsPinned || Pinned.Taken + stored.Version.Length <= Pinned.Limit;
        return room && stored.Version.TryAcquire();
    }

    private void MakeRoom()
    {
        while (_index.Bytes > _capacity && _index.Next is { } next)
        {
            _index.Remove(next);
            _evictions++;
        }
    }
}
