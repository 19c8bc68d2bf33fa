using System.Collections;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Listener.Rebuilding;

/// <summary>
/// The versions that one request offers, pinned until the answer names its base: then the others are let go (design: decision 5). As a list it
/// is their names, in the order in which they are offered. Step 2 of a request's life. Not thread-safe.
/// </summary>
internal sealed class OfferedVersions : IReadOnlyList<VersionName>, IOfferSigner, IDisposable
{
    private readonly Version?[] _pinned = new Version?[Limits.MaxOffers];
    private readonly VersionName[] _names = new VersionName[Limits.MaxOffers];

    private int _signed = -1;
    private Version? _fresh;

    private OfferedVersions(in VersionUse use, string? reason)
    {
        Use = use;
        NoOfferReason = reason;
    }

    /// <summary>The page, who asks for it, and from where.</summary>
    public VersionUse Use { get; }

    /// <summary>Why nothing is offered, one of <see cref="NoBaseReason"/> or <see cref="NoOffer"/>; null if something is.</summary>
    public string? NoOfferReason { get; }

    /// <summary>Whether the principal stands for all clients without credentials of their own: see <see cref="AskingClient"/>.</summary>
    public bool SharedPrincipal { get; set; }

    /// <summary>Whether the sender may take clients for one that are kept apart here: see <see cref="AskingClient"/>.</summary>
    public bool KeptApart { get; set; }

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public VersionName this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _names[index];
        }
    }

    /// <summary>Nothing is offered.</summary>
    /// <param name="use">The page and who asks.</param>
    /// <param name="reason">Why, one of <see cref="NoBaseReason"/>.</param>
    public static OfferedVersions None(in VersionUse use, string reason) => new(use, reason);

    /// <summary>Finds what <paramref name="store"/> holds for <paramref name="use"/>, and pins it.</summary>
    /// <param name="store">Where to look.</param>
    /// <param name="use">The page and who asks.</param>
    /// <param name="publicOnly">Whether only public versions may be offered.</param>
    public static OfferedVersions Find(VersionStore store, in VersionUse use, bool publicOnly)
    {
        var offers = new OfferedVersions(use, reason: null);
        offers.Count = store.FindOffers(use, publicOnly, offers._pinned!, out string reason);
        for (int i = 0; i < offers.Count; i++)
        {
            offers._names[i] = offers._pinned[i]!.Name;
        }

        return offers.Count > 0 ? offers : None(use, reason);
    }

    /// <summary>Whether <paramref name="index"/> stands for nothing (-1) or for an offer that is still pinned.</summary>
    public bool MayName(int index) => index == -1 || (index >= 0 && index < Count && _pinned[index] is not null);

    /// <summary>The body of an offer; empty for -1. Valid until it is let go.</summary>
    public ReadOnlyMemory<byte> Body(int index) => index < 0 ? default : _pinned[index]!.Body;

    /// <summary>The fresh body that the answer names instead of an offer; empty without one. Valid until all are let go.</summary>
    public ReadOnlyMemory<byte> Fresh => _fresh is null ? default : _fresh.Body;

    /// <summary>Whether there is one.</summary>
    public bool HasFresh => _fresh is not null;

    /// <summary>Takes over the fresh body, which is pinned.</summary>
    public void TakeFresh(Version fresh) => _fresh = fresh;

    /// <summary>Whether the sender was given the signature of an offer that is still pinned: only then may it code against that.</summary>
    public bool IsSigned(int index) => index >= 0 && index == _signed && MayName(index);

    /// <inheritdoc/>
    /// <remarks>Not where routes gave many clients one principal: the sender could not tell whose body it takes.</remarks>
    public bool TakesFresh => !KeptApart && NoOfferReason != NoBaseReason.Method;

    /// <inheritdoc/>
    /// <remarks>The first offer is the likeliest base: the newest version of the page. Once it is known there, no signature is needed.</remarks>
    public OfferSignature SignBest(ulong epoch, SignatureSeed seed) => Count > 0 && _pinned[0]!.KnownIn != epoch ? Sign(0, seed) : default;

    /// <summary>The signature of an offer; empty where it is too short for one.</summary>
    /// <param name="index">Which offer.</param>
    /// <param name="seed">The seed of the link.</param>
    public OfferSignature Sign(int index, SignatureSeed seed)
    {
        if (!MayName(index) || _pinned[index]!.Length < SignatureShape.MinLength)
        {
            return default;
        }

        _signed = index;
        return new OfferSignature(index, _pinned[index]!.GetSignature(seed));
    }

    /// <summary>Notes that the sender holds an offer, for it has named it as a base.</summary>
    /// <param name="index">Which offer; -1 for none.</param>
    /// <param name="epoch">The sender's store epoch.</param>
    public void Known(int index, ulong epoch)
    {
        if (index >= 0 && MayName(index))
        {
            _pinned[index]!.KnownIn = epoch;
        }
    }

    /// <summary>Lets go all but those that the answer names; -1 for none.</summary>
    public void KeepOnly(int first, int second)
    {
        for (int i = 0; i < Count; i++)
        {
            if (i != first && i != second)
            {
                _pinned[i]?.Release();
                _pinned[i] = null;
            }
        }
    }

    /// <summary>Lets go all.</summary>
    public void Dispose()
    {
        KeepOnly(-1, -1);
        _fresh?.Release();
        _fresh = null;
    }

    /// <inheritdoc/>
    public IEnumerator<VersionName> GetEnumerator() => _names.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
