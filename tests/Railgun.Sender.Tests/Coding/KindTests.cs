using Railgun.Protocol.Heads;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;
using Railgun.Sender.Tests.Exchanges;

namespace Railgun.Sender.Tests.Coding;

internal sealed class KindTests
{
    [TestCase(null, ContentKind.Plain)]
    [TestCase("text/html; charset=utf-8", ContentKind.Text)]
    [TestCase("application/octet-stream", ContentKind.Plain)]
    [TestCase("image/svg+xml", ContentKind.Text)]
    [TestCase("application/problem+json; charset=utf-8", ContentKind.Text)]
    [TestCase("Application/JSON", ContentKind.Text)]
    [TestCase("application/wasm", ContentKind.Plain)]
    [TestCase("IMAGE/PNG", ContentKind.Packed)]
    [TestCase("image/x-icon", ContentKind.Plain)]
    [TestCase("font/ttf", ContentKind.Plain)]
    [TestCase("font/woff2", ContentKind.Packed)]
    [TestCase("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ContentKind.Packed)]
    [TestCase("text/event-stream", ContentKind.Live)]
    [TestCase("application/grpc-web", ContentKind.Live)]
    [TestCase("multipart/x-mixed-replace; boundary=x", ContentKind.Live)]
    public void Content_types_are_sorted(string? type, ContentKind expected) => Assert.That(ContentKinds.Of(type), Is.EqualTo(expected));

    [TestCase("GET", 200, "text/html", "", BodyKind.Text)]
    [TestCase("POST", 200, "text/html", "", BodyKind.Text)]
    [TestCase("GET", 404, "text/html", "", BodyKind.Text)]
    [TestCase("HEAD", 200, "text/html", "", BodyKind.None)]
    [TestCase("HEAD", 200, "text/event-stream", "", BodyKind.None)]
    [TestCase("GET", 204, "text/html", "", BodyKind.None)]
    [TestCase("GET", 304, "text/html", "", BodyKind.None)]
    [TestCase("GET", 206, "text/html", "", BodyKind.AsItIs)]
    [TestCase("GET", 200, "text/html", "gzip", BodyKind.AsItIs)]
    [TestCase("GET", 200, "text/html", "identity", BodyKind.Text)]
    [TestCase("GET", 200, "application/octet-stream", "", BodyKind.Plain)]
    [TestCase("GET", 200, "image/png", "", BodyKind.Packed)]
    [TestCase("GET", 101, "", "", BodyKind.Live)]
    [TestCase("GET", 200, "text/event-stream", "gzip", BodyKind.Live)]
    public void Bodies_are_sorted(string method, int status, string type, string coding, BodyKind expected)
    {
        ResponseHead head = new() { Status = status };
        head.Fields.Add("Content-Type", type);
        if (coding.Length > 0)
        {
            head.Fields.Add("Content-Encoding", coding);
        }

        Assert.That(BodyKinds.Of(SenderBench.Request(method, "/"), head), Is.EqualTo(expected));
    }
}
