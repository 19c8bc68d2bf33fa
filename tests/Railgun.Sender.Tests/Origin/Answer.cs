using System.Text;
using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Tests.Origin;

/// <summary>What came back for one question, read to its end.</summary>
internal sealed class Answer
{
    public ResponseHead? Head { get; private set; }

    public List<ResponseHead> Informational { get; } = [];

    public byte[] Body { get; private set; } = [];

    public string Text => Encoding.Latin1.GetString(Body);

    public FieldList? Trailers { get; private set; }

    public OriginFailure? Failure { get; private set; }

    public static async Task<Answer> ReadAsync(IOriginExchange exchange)
    {
        Answer answer = new();
        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            OriginEvent next = await exchange.ReadAsync(buffer);
            switch (next.Kind)
            {
                case OriginEventKind.Informational:
                    answer.Informational.Add(next.Head!);
                    break;
                case OriginEventKind.Head:
                    answer.Head = next.Head;
                    break;
                case OriginEventKind.Data:
                    body.Write(buffer, 0, next.Length);
                    break;
                case OriginEventKind.End:
                    answer.Trailers = next.Trailers;
                    answer.Body = body.ToArray();
                    return answer;
                case OriginEventKind.Failed:
                    answer.Failure = next.Failure;
                    answer.Body = body.ToArray();
                    return answer;
            }
        }
    }
}
