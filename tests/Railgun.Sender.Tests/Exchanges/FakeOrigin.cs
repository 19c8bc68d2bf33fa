using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Exchanges;

/// <summary>An origin whose answers a test has prepared, in order.</summary>
internal sealed class FakeOrigin : IOrigin
{
    private readonly Queue<FakeAnswer> _answers = new();

    public List<RequestHead> Asked { get; } = [];

    public FakeAnswer Next()
    {
        FakeAnswer answer = new();
        _answers.Enqueue(answer);
        return answer;
    }

    public IOriginExchange Ask(RequestHead head, IRequestBody? body, CancellationToken abandoned)
    {
        FakeAnswer answer = _answers.Dequeue();
        Asked.Add(head);
        (answer.Body, answer.Abandoned) = (body, abandoned);
        return answer;
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
