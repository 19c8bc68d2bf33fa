using System.Text.RegularExpressions;

namespace Railgun.Architecture.Tests;

/// <summary>Small files, one type each.</summary>
internal sealed partial class ShapeTests
{
    private const int MostLines = 400;

    /// <summary>Longer files, each with its reason.</summary>
    private static readonly Dictionary<string, string> AllowedLong = [];

    [Test]
    public void No_file_has_more_than_400_lines()
    {
        var longer = Checkout.Sources.Where(f => f.LineCount > MostLines && !AllowedLong.ContainsKey(f.Path));
        Assert.That(longer.Select(f => $"{f.Path}: {f.LineCount} lines"), Is.Empty);
    }

    [Test]
    public void An_allowed_long_file_is_still_long() =>
        Assert.That(AllowedLong.Keys.Where(path => Checkout.Sources.Single(f => f.Path == path).LineCount <= MostLines), Is.Empty);

    [Test]
    public void A_file_of_the_product_holds_one_top_level_type_of_its_name()
    {
        var wrong = from file in Checkout.Product
                    let types = TopLevelType().Matches(file.Code).Select(m => m.Groups["name"].Value).Distinct().ToList()
                    where types.Count > 1 || (types.Count == 1 && types[0] != Path.GetFileName(file.Path).Split('.', '{')[0])
                    select $"{file.Path}: {string.Join(", ", types)}";
        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Type_declarations_are_recognised() =>
        Assert.That(
            TopLevelType().Matches("""
                internal sealed class A
                public readonly record struct B(int X);
                internal ref struct C
                file static class D
                internal delegate void E(ref int x);
                internal enum F : byte
                    private class Nested
                """.ReplaceLineEndings("\n")).Select(m => m.Groups["name"].Value),
            Is.EqualTo(new[] { "A", "B", "C", "D", "E", "F" }));

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe)\s+)*(?:class|record\s+struct|record\s+class|record|struct|interface|enum|delegate\s+[\w<>\[\],.?]+)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
