namespace Railgun.Protocol.Heads;

/// <summary>One field line of an HTTP head (RFC 9110 section 5), in the order and with the name's case in which it was received.</summary>
/// <param name="Name">The field name, never empty.</param>
/// <param name="Value">The field value. Each char is one byte of the message (Latin-1), so bytes beyond ASCII pass unchanged.</param>
internal readonly record struct HeadField(string Name, string Value);
