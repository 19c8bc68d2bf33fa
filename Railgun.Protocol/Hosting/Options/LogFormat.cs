namespace Railgun.Hosting.Options;

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>A JSON object a line, for programs.</summary>
    Json,
}
