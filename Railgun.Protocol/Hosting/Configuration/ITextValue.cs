namespace Railgun.Hosting.Configuration;

/// <summary>A value that stands as text in flags, environment and configuration files.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface ITextValue<TSelf>
    where TSelf : ITextValue<TSelf>
{
    /// <summary>What to write, with an example: the end of the sentence "write …".</summary>
    static abstract string Hint { get; }

    /// <summary>Reads the text form.</summary>
    static abstract bool TryParse(string text, out TSelf? value);
}
