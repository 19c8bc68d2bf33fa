using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

internal sealed class TargetShapeTests
{
    [TestCase("/", "/")]
    [TestCase("/news", "/news")]
    [TestCase("/about-us", "/about-us")]
    [TestCase("/2024/05/07/Rust-1.78.0.html", "/*/*/*/*.html")]
    [TestCase("/2020/06/10/event-lineup-update.html", "/*/*/*/*.html")]
    [TestCase("/article/how-to-build-a-railgun", "/article/*")]
    [TestCase("/products/3f2504e0-4f89-11d3-9a0c-0305e82c3301/reviews", "/products/*/reviews")]
    [TestCase("/api/v2/users/1234", "/api/v2/users/*")]
    [TestCase("/api/v2/users/1234/orders?from=2024-01-01&to=2024-02-01", "/api/v2/users/*/orders?from&to")]
    [TestCase("/p/B08N5WRWNW", "/p/*")]
    [TestCase("/wiki/Gau%C3%9F", "/wiki/*")]
    [TestCase("/static/app.3f2a9c1b.js", "/static/*.js")]
    [TestCase("/draft-ietf-httpbis-cache-groups.html", "/*.html")]
    [TestCase("/index.php?id=5&view=article", "/index.php?id&view")]
    [TestCase("/item?id=1&utm_source=x&utm_medium=y&fbclid=z", "/item?id")]
    [TestCase("/item?utm_source=x", "/item")]
    [TestCase("/list?tag[]=a&tag[]=b", "/list?tag[]")]
    [TestCase("/find?railgun", "/find?*")]
    [TestCase("/cart;jsessionid=1F3A", "/cart")]
    [TestCase("/shop//item/", "/shop//item/")]
    [TestCase("*", "*")]
    [TestCase("", "")]
    public void Names_out_of_many_become_wildcards_and_words_stay(string target, string shape) => Assert.That(Shape(target), Is.EqualTo(shape));

    [Test]
    public void A_shape_is_cut_off_at_its_longest() =>
        Assert.That(Shape(string.Concat(Enumerable.Repeat("/word", 1000))), Has.Length.EqualTo(TargetShape.MaxLength));

    [TestCase("/a/b.html?x=1.2", "html")]
    [TestCase("/a/b", "")]
    [TestCase("/a.b/c", "")]
    [TestCase("/Rust-1.43.1", "")]
    [TestCase("/.htaccess", "")]
    [TestCase("/data.json;v=1", "json")]
    public void The_extension_is_that_of_the_paths_last_segment(string target, string extension) =>
        Assert.That(TargetShape.Extension(target).ToString(), Is.EqualTo(extension));

    private static string Shape(string target)
    {
        Span<char> buffer = stackalloc char[TargetShape.MaxLength];
        return new string(buffer[..TargetShape.Write(target, buffer)]);
    }
}
