using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Clients;

/// <summary>
/// Passes a 1xx head on to the client (RFC 9110 section 15.2). Kestrel has no call for it; on HTTP/1.1 it can be written to the connection before the response
/// has begun, on HTTP/2 there is no way. Step 9 of a request's life.
/// </summary>
internal static class InformationalAnswer
{
    /// <summary>Writes it where it can be written; else it is left out, which is no fault: a client must do without.</summary>
    public static async ValueTask TrySendAsync(HttpContext http, ResponseHead head)
    {
        if (!MaySend(http) || http.Features.Get<IConnectionTransportFeature>() is not { } connection)
        {
            return;
        }

        try
        {
            await connection.Transport.Output.WriteAsync(Encoding.Latin1.GetBytes(Text(head)), http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The client is gone; whoever writes its response finds out.
        }
    }

    // With Expect, Kestrel may be writing its own 100 at this moment. HTTP/1.0 knows no 1xx.
    private static bool MaySend(HttpContext http) =>
        HttpProtocol.IsHttp11(http.Request.Protocol) && http.Request.Headers.Expect.Count == 0 && !http.Response.HasStarted;

    private static string Text(ResponseHead head)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {head.Status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(head.Status)}\r\n");
        foreach (HeadField field in head.Fields)
        {
            if (!ControlFields.Is(field.Name))
            {
                text.Append(CultureInfo.InvariantCulture, $"{field.Name}: {field.Value}\r\n");
            }
        }

        return text.Append("\r\n").ToString();
    }
}
