namespace Railgun.Hosting.Logging;

/// <summary>An access record as a line for people: <c>TIME access ID PEER METHOD AUTHORITY TARGET STATUS BODY link UP/DOWN CODEC BASE FIRST/LAST</c>.</summary>
internal static class AccessLineText
{
    /// <summary>Writes the line.</summary>
    public static void Write(LineBuffer line, DateTimeOffset now, in AccessRecord record)
    {
        line.Value(now.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'").Raw(" access ").Value(record.Id);
        Word(line, record.Peer ?? "-");
        if (record.Client is not null)
        {
            Word(line, record.Client);
        }

        Word(line, record.Method);
        Word(line, record.Authority);
        Word(line, record.Target);
        line.Raw(" ").Value(record.Status).Raw(" ").Value(record.BodyBytes).Raw(" B, link ").Value(record.LinkUp).Raw("/").Value(record.LinkDown).Raw(" B ");
        line.Raw(ExchangeMetrics.NameOf(record.Codec));
        if (!record.Base.IsDefault)
        {
            line.Raw(" base ").Name(record.Base);
        }
        else if (record.NoBase is not null)
        {
            line.Raw(" no base: ").Escaped(record.NoBase);
        }

        line.Raw(", ").Value(record.FirstByte.TotalMilliseconds, "0.0").Raw("/").Value(record.LastByte.TotalMilliseconds, "0.0").Raw(" ms");
        if (record.Fault is { } fault)
        {
            line.Raw(", ").Raw(ExchangeMetrics.NameOf(fault.Stage)).Raw(": ").Escaped(fault.Reason);
        }
    }

    private static void Word(LineBuffer line, string word) => line.Raw(" ").Escaped(word);
}
