using System.Globalization;
using System.Text;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Transport;
using Railgun.Sender.Coding;

namespace Railgun.Sender.Exchanges;

/// <summary>An answer of the sender's own: it names the stage and the reason, as text and in <see cref="ErrorField"/>, and no cache keeps it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Fault">Where it failed and why.</param>
/// <param name="RetryAfter">Seconds after which to come again; null for no advice.</param>
internal sealed record OwnAnswer(int Status, Fault Fault, int? RetryAfter = null)
{
    /// <summary>Too many exchanges at once.</summary>
    public static OwnAnswer Busy(int limit) => new(
        StatusCodes.Status503ServiceUnavailable,
        new Fault(Stage.Sender, ResetCode.Refused, $"{limit} exchanges are under way, no more are taken (limits.exchanges)", RequestUnsent: true),
        RetryAfter: 1);

    /// <summary>Sends it, whole.</summary>
    public async ValueTask SendAsync(SenderExchange exchange, ResponseReport report, TimeProvider time)
    {
        byte[] body = Encoding.UTF8.GetBytes(
            $"{ErrorField.Word(Fault.Stage)}: {Fault.Reason}\n(railgun-sender, exchange {exchange.Id.ToString(CultureInfo.InvariantCulture)})\n");
        bool bare = exchange.Head.Method == "HEAD";
        report.Status = Status;
        report.NoBase = NoBase.OwnAnswer;
        report.Fault = Fault;
        report.HeadSentAt = time.GetTimestamp();
        report.BodyBytes = bare ? 0 : body.Length;
        exchange.SendHead(HeadOf(body.Length), BodyCoding.AsItIs, end: bare);
        if (!bare)
        {
            await exchange.SendDataAsync(body, exchange.Aborted);
            exchange.End();
        }
    }

    private ResponseHead HeadOf(int length)
    {
        FieldList fields = new();
        fields.Add("Content-Type", "text/plain; charset=utf-8");
        fields.Add("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        fields.Add("Cache-Control", "no-store");
        fields.Add(ErrorField.Name, ErrorField.ValueOf(Fault));
        if (RetryAfter is { } seconds)
        {
            fields.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        }

        return new ResponseHead { Status = Status, Fields = fields };
    }
}
