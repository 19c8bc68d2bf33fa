using Railgun.Try.Origins;

namespace Railgun.Try.Visits;

/// <summary>Holds what arrived against what the origin itself sent.</summary>
internal static class Judge
{
    /// <summary>Empty where both are the same, else what is wrong.</summary>
    public static string Compare(Visit visit, Arrival arrival, Delivery? delivery)
    {
        if (delivery is null)
        {
            return $"status {arrival.Status}, and the origin was not asked";
        }

        if (arrival.Status != delivery.Status)
        {
            return $"status {arrival.Status} instead of the origin's {delivery.Status}";
        }

        ReadOnlySpan<byte> sent = delivery.Body();
        if (visit.Events > 0)
        {
            // The origin goes on writing after the client has left.
            sent = sent[..Math.Min(sent.Length, arrival.Body.Length)];
        }

        int same = sent.CommonPrefixLength(arrival.Body);
        return same == sent.Length && same == arrival.Body.Length
            ? ""
            : $"differs from byte {same} on: {arrival.Body.Length} bytes instead of {sent.Length}";
    }
}
