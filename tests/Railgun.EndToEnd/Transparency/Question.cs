using System.Globalization;
using System.Text;
using Railgun.EndToEnd.Harness;

namespace Railgun.EndToEnd.Transparency;

/// <summary>A question that can be put in either protocol.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Method">The method.</param>
/// <param name="Target">The target, byte for byte.</param>
/// <param name="Fields">The fields, beside Host and those of the framing.</param>
internal sealed record Question(string Name, string Method, string Target, params (string Name, string Value)[] Fields)
{
    private static readonly UriCreationOptions Raw = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The body's length; negative for none.</summary>
    public int Length { get; init; } = -1;

    /// <summary>Whether the body goes without announcing its length.</summary>
    public bool IsUnsized { get; init; }

    /// <summary>The question as a case of HTTP/1.1.</summary>
    public Case OverH1() => new(Name, "HTTP/1.1", place => H1Client.AskAsync(place, Text(), Length < 0 ? null : Body()));

    /// <summary>The question as a case of HTTP/2.</summary>
    public Case OverH2() => new(Name, "HTTP/2", place =>
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri($"http://127.0.0.1:{place.H2c}{Target}", Raw));
        if (Length >= 0)
        {
            byte[] body = SamplePage.Noise(Length, Length);
            request.Content = IsUnsized ? new StreamContent(new UnsizedStream(body)) : new ByteArrayContent(body);
        }

        request.Headers.Host = "site.example";
        foreach ((string name, string value) in Fields)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
            }
        }

        return H2Client.AskAsync(place, request);
    });

    private string Text()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\nHost: site.example\r\n");
        foreach ((string name, string value) in Fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return text.Append(Length < 0 ? "\r\n" : IsUnsized ? "Transfer-Encoding: chunked\r\n\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Length}\r\n\r\n")).ToString();
    }

    private byte[] Body()
    {
        byte[] body = SamplePage.Noise(Length, Length);
        if (!IsUnsized)
        {
            return body;
        }

        var chunks = new MemoryStream();
        foreach (byte[] piece in body.Chunk(3000))
        {
            chunks.Write(Encoding.ASCII.GetBytes(piece.Length.ToString("X", CultureInfo.InvariantCulture) + "\r\n"));
            chunks.Write(piece);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}
