using System.Text.Json;
using Railgun.Protocol.Versions;

namespace Railgun.Hosting.Logging;

/// <summary>An access record as a JSON line. The field names are stable: others' programs read them (OPERATIONS.md, logs).</summary>
internal static class AccessLineJson
{
    /// <summary>Writes the line.</summary>
    public static void Write(LineBuffer line, DateTimeOffset now, in AccessRecord record)
    {
        Utf8JsonWriter json = line.Json();
        json.WriteStartObject();
        json.WriteString("time"u8, now.UtcDateTime);
        json.WriteString("level"u8, "information"u8);
        json.WriteString("category"u8, AccessLog.Category);
        json.WriteNumber("id"u8, record.Id);
        WriteOptional(json, "peer"u8, record.Peer);
        WriteOptional(json, "client"u8, record.Client);
        json.WriteString("method"u8, record.Method);
        json.WriteString("authority"u8, record.Authority);
        json.WriteString("target"u8, record.Target);
        json.WriteNumber("status"u8, record.Status);
        json.WriteNumber("bodyBytes"u8, record.BodyBytes);
        json.WriteNumber("linkUp"u8, record.LinkUp);
        json.WriteNumber("linkDown"u8, record.LinkDown);
        json.WriteString("codec"u8, ExchangeMetrics.NameOf(record.Codec));
        WriteBase(json, record.Base);
        WriteOptional(json, "noBase"u8, record.NoBase);
        json.WriteNumber("firstByteMs"u8, Math.Round(record.FirstByte.TotalMilliseconds, 3));
        json.WriteNumber("lastByteMs"u8, Math.Round(record.LastByte.TotalMilliseconds, 3));
        if (record.Fault is { } fault)
        {
            json.WriteString("stage"u8, ExchangeMetrics.NameOf(fault.Stage));
            json.WriteString("fault"u8, fault.Code.ToString());
            json.WriteString("reason"u8, fault.Reason);
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteBase(Utf8JsonWriter json, VersionName version)
    {
        Span<char> text = stackalloc char[LineBuffer.NameLength];
        LineBuffer.WriteName(version, text);
        json.WriteString("base"u8, version.IsDefault ? "none" : text);
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
