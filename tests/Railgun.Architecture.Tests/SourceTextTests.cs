namespace Railgun.Architecture.Tests;

internal sealed class SourceTextTests
{
    [TestCase("int a; // Socket", "int a;")]
    [TestCase("/* Socket */ int a;", "int a;")]
    [TestCase("Say(\"Socket \\\" Socket\", b);", "Say(", ", b);")]
    [TestCase("Say(@\"C:\\\", b);", "Say(@", ", b);")]
    [TestCase("Say(@\"a\"\"Socket\", b);", "Say(@", ", b);")]
    [TestCase("Say($@\"a\"\"Socket\", b);", "Say($@", ", b);")]
    [TestCase("Say(\"\"\"a \"Socket\" \"\"\", b);", "Say(", ", b);")]
    [TestCase("Say('\\'', b);", "Say(", ", b);")]
    public void Comments_and_literals_are_blanked_and_code_stays(string text, params string[] code) =>
        Assert.That(SourceText.CodeOf(text).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(string.Join(' ', code).Split(' ')));

    [Test]
    public void Lines_stay_where_they_are() =>
        Assert.That(SourceText.CodeOf("a\n/* b\nc */\n\"\"\"\nd\n\"\"\"\ne").Split('\n'), Has.Length.EqualTo(7));
}
