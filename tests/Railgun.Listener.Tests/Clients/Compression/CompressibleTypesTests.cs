using Railgun.Listener.Clients.Compression;

namespace Railgun.Listener.Tests.Clients.Compression;

internal sealed class CompressibleTypesTests
{
    [TestCase("text/html", true)]
    [TestCase("TEXT/HTML; charset=utf-8", true)]
    [TestCase("text/event-stream", false)]
    [TestCase("text/event-stream;charset=utf-8", false)]
    [TestCase("application/json", true)]
    [TestCase("application/ld+json", true)]
    [TestCase("image/svg+xml", true)]
    [TestCase("application/wasm ; a=b", true)]
    [TestCase("image/png", false)]
    [TestCase("application/zip", false)]
    [TestCase("application/grpc", false)]
    [TestCase("application/octet-stream", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void Text_is_compressed_and_packed_content_is_not(string? type, bool expected) =>
        Assert.That(CompressibleTypes.Contains(type), Is.EqualTo(expected));
}
