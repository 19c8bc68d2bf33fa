using Railgun.Protocol.Transport;

namespace Railgun.Sender.Origin;

/// <summary>The body of a request, pulled by whoever asks the origin, so that no more of it is in memory than the origin takes.</summary>
internal interface IRequestBody
{
    /// <summary>Its length in bytes, where the client announced it.</summary>
    long? Length { get; }

    /// <summary>Says that the origin wants the body: a client that waits for <c>100 Continue</c> gets it. Called once, before the first read.</summary>
    void Wanted();

    /// <summary>The next step. The reader owns the data and disposes it.</summary>
    ValueTask<RequestEvent> ReadAsync(CancellationToken cancellation);

    /// <summary>Says that the origin has taken so many bytes more.</summary>
    void Taken(int bytes);
}
