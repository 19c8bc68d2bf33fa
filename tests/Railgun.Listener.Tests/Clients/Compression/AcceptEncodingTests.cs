using Railgun.Listener.Clients.Compression;

namespace Railgun.Listener.Tests.Clients.Compression;

internal sealed class AcceptEncodingTests
{
    [TestCase(null, nameof(ClientCoding.Identity))]
    [TestCase("", nameof(ClientCoding.Identity))]
    [TestCase("gzip", nameof(ClientCoding.Gzip))]
    [TestCase("x-gzip", nameof(ClientCoding.Gzip))]
    [TestCase("GZIP", nameof(ClientCoding.Gzip))]
    [TestCase("gzip, deflate, br, zstd", nameof(ClientCoding.Brotli))]
    [TestCase("zstd;q=1, br;q=0.9, gzip;q=0.8", nameof(ClientCoding.Zstd))]
    [TestCase("gzip;q=1.0, br;q=0.5", nameof(ClientCoding.Gzip))]
    [TestCase("br;q=0, gzip", nameof(ClientCoding.Gzip))]
    [TestCase("br ; q = 0.7 ,gzip;q=0.7", nameof(ClientCoding.Brotli))]
    [TestCase("gzip;q=0", nameof(ClientCoding.Identity))]
    [TestCase("*", nameof(ClientCoding.Gzip))]
    [TestCase("*;q=0", nameof(ClientCoding.Identity))]
    [TestCase("identity", nameof(ClientCoding.Identity))]
    [TestCase("identity;q=1, gzip;q=0.5", nameof(ClientCoding.Identity))]
    [TestCase("identity;q=0.5, gzip;q=0.5", nameof(ClientCoding.Gzip))]
    [TestCase("gzip;q=2", nameof(ClientCoding.Identity))]
    [TestCase("gzip;q=nonsense", nameof(ClientCoding.Identity))]
    [TestCase("gzip;q=-1", nameof(ClientCoding.Identity))]
    [TestCase(",,;,gzip,", nameof(ClientCoding.Gzip))]
    [TestCase("deflate, compress", nameof(ClientCoding.Identity))]
    public void The_heaviest_coding_that_we_have_is_chosen(string? value, string expected) =>
        Assert.That(AcceptEncoding.Choose(value).ToString(), Is.EqualTo(expected));
}
