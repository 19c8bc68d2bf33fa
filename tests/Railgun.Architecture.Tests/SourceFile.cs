namespace Railgun.Architecture.Tests;

/// <summary>One C# file of the checkout.</summary>
/// <param name="Path">Its path from the root, with slashes.</param>
/// <param name="Text">What stands in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The text without comments and literals.</summary>
    public string Code { get; } = SourceText.CodeOf(Text);

    /// <summary>How many lines the file has.</summary>
    public int LineCount => Text.Count(c => c == '\n');

    /// <summary>Whether the file lies in one of these folders.</summary>
    public bool IsIn(params ReadOnlySpan<string> folders)
    {
        foreach (string folder in folders)
        {
            if (Path.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The path, as NUnit shows it.</summary>
    public override string ToString() => Path;
}
