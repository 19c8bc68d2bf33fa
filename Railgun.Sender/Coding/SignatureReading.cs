using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Transport;
using Railgun.Protocol.Versions;

namespace Railgun.Sender.Coding;

/// <summary>
/// Asks for the signature of an offer and takes what has come (steps 4 and 6; design: decision 6). A version that is here but not for the asker stays so: its signature
/// is not used either. Nor is any where another site may have sent the request, for whether the version is public only the listener could say.
/// </summary>
internal static class SignatureReading
{
    /// <summary>How long an announced signature is waited for: it left together with the request.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks for the signature of the likeliest offer where nothing that was offered is here, so that it may come while the origin works.</summary>
    public static void AskIfNeeded(SenderExchange exchange, VersionStore store, in Asker asker, BasePins pins)
    {
        if (pins.Count == 0 && exchange.Offers.Count > 0 && !exchange.SignatureFollows && MayUse(exchange, asker) && !store.Holds(exchange.Offers[0]))
        {
            exchange.WantSignature(0);
        }
    }

    /// <summary>The signature that has come; null for none that could be used. One that follows the request is waited for, one that was asked for is not.</summary>
    public static async ValueTask<SignedBase?> TakeAsync(SenderExchange exchange, CodingTools tools, Asker asker)
    {
        if (!MayUse(exchange, asker) || exchange.Offers.Count == 0)
        {
            return null;
        }

        if (exchange.SignatureFollows)
        {
            await WaitAsync(exchange, tools.Time);
        }

        OfferSignature taken = exchange.TakeSignature();
        return !taken.IsEmpty && !tools.Store.Holds(exchange.Offers[taken.Offer]) && BlockSignature.Read(taken.Bytes.Span) is { } signature
            ? new SignedBase(taken.Offer, signature, exchange.SignatureSeed)
            : null;
    }

    private static bool MayUse(SenderExchange exchange, in Asker asker) => !asker.PublicOnly && new LaneTraits(exchange.Codecs, null).CanUseSignature;

    private static async ValueTask WaitAsync(SenderExchange exchange, TimeProvider time)
    {
        ValueTask came = exchange.SignatureCameAsync(exchange.Aborted);
        if (came.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await came.AsTask().WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // It was announced and did not come: the body goes without.
        }
    }
}
