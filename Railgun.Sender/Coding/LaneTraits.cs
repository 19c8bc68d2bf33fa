using Railgun.Protocol.Engine;

namespace Railgun.Sender.Coding;

/// <summary>What of a lane decides how bodies are coded for it.</summary>
/// <param name="Codecs">The codecs that the listener understands, a bit for each.</param>
/// <param name="Rate">How fast the line takes what is sent, in bytes a second, as the lane has measured it; null while that is not known.</param>
/// <param name="Flight">What its connection sends without waiting for a round trip, in bytes; 0 if that is not known.</param>
/// <param name="RoundTrip">A round trip; zero if that is not known.</param>
internal readonly record struct LaneTraits(uint Codecs, long? Rate, long Flight = 0, TimeSpan RoundTrip = default)
{
    /// <summary>
    /// Up to this rate, in bytes a second, dense coding is faster end to end, whatever there is to code (<see cref="DenseGain"/>).
    /// </summary>
    private const long SlowLine = 200_000;

    /// <summary>Whether bytes on this line cost more than the CPU's time.</summary>
    public bool IsSlow => Rate <= SlowLine;

    /// <summary>Whether the listener understands deltas.</summary>
    public bool CanDelta => Has(Codec.Delta) || Has(Codec.DenseDelta);

    /// <summary>Whether the listener understands deltas against signatures.</summary>
    public bool CanUseSignature => (Codecs & CodecKinds.Signatures) != 0;

    /// <summary>Whether the listener understands the codec.</summary>
    public bool Has(Codec codec) => (Codecs & (1u << (int)codec)) != 0;
}
