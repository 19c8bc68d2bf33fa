using System.Globalization;
using System.Text;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Clients;

/// <summary>
/// An answer of the listener's own, where nobody else has one: it names the stage and the reason, as text and in the field
/// <see cref="ErrorField"/> (ARCHITECTURE.md, "When something fails").
/// </summary>
/// <param name="Status">The status.</param>
/// <param name="Fault">Why.</param>
/// <param name="Request">The exchange's number as in both sides' logs; 0 if there was none.</param>
internal sealed record OwnAnswer(int Status, Fault Fault, ulong Request)
{
    /// <summary>What is told to clients to wait before they ask again, in seconds: by then a lane is back, or it will take longer.</summary>
    public const string RetryAfter = "2";

    /// <summary>The answer to <paramref name="fault"/>.</summary>
    public static OwnAnswer Of(Fault fault, ulong request) => new(StatusOf(fault), fault, request);

    /// <summary>Whether the client's connection ends with it; on HTTP/2, where a stream says nothing about others, only the stream does.</summary>
    public bool Closes { get; init; }

    /// <summary>The body, UTF-8 text.</summary>
    public byte[] Body => Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{ErrorField.Word(Fault.Stage)}: {Fault.Reason}\n(railgun-listener, exchange {Request})\n"));

    /// <summary>Writes it as the response, which must not have started.</summary>
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellation)
    {
        byte[] body = Body;
        response.Clear();
        response.StatusCode = Status;
        foreach ((string name, string value) in Fields(body.Length))
        {
            response.Headers[name] = value;
        }

        if (Closes && !HttpProtocol.IsHttp2(response.HttpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, cancellation);
        }
    }

    /// <summary>The answer's fields.</summary>
    public IEnumerable<(string Name, string Value)> Fields(int length)
    {
        yield return ("Content-Type", "text/plain; charset=utf-8");
        yield return ("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        yield return ("Cache-Control", "no-store");
        yield return (ErrorField.Name, ErrorField.ValueOf(Fault));
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            yield return ("Retry-After", RetryAfter);
        }
    }

    private static int StatusOf(Fault fault) => fault switch
    {
        { Stage: Stage.Client, Code: ResetCode.LimitExceeded } => StatusCodes.Status431RequestHeaderFieldsTooLarge,
        { Stage: Stage.Client, Code: ResetCode.TimedOut } => StatusCodes.Status408RequestTimeout,
        { Stage: Stage.Client } => StatusCodes.Status400BadRequest,
        { Code: ResetCode.TimedOut } => StatusCodes.Status504GatewayTimeout,
        { Stage: Stage.Link, RequestUnsent: true } or { Code: ResetCode.Refused } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status502BadGateway,
    };
}
