namespace Railgun.Hosting.Configuration;

/// <summary>Reads text into some <see cref="ITextValue{TSelf}"/>, whichever it is.</summary>
internal interface ITextParser
{
    /// <summary>What to write.</summary>
    string Hint { get; }

    /// <summary>The value; null if the text is not one.</summary>
    object? Parse(string text);
}
