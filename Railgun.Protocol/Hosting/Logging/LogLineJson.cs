using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Railgun.Hosting.Logging;

/// <summary>A log line for programs: time, level, category, event, message, the message's values under <c>values</c>, exception.</summary>
internal static class LogLineJson
{
    private const string Template = "{OriginalFormat}";

    /// <summary>Writes the line.</summary>
    public static void Write(
        LineBuffer line,
        DateTimeOffset now,
        LogLevel level,
        string category,
        EventId eventId,
        string message,
        IReadOnlyList<KeyValuePair<string, object?>>? values,
        Exception? exception)
    {
        Utf8JsonWriter json = line.Json();
        json.WriteStartObject();
        json.WriteString("time"u8, now.UtcDateTime);
        json.WriteString("level"u8, LogLineText.NameOf(level));
        json.WriteString("category"u8, category);
        if (eventId.Name is not null)
        {
            json.WriteString("event"u8, eventId.Name);
        }

        json.WriteString("message"u8, message);
        WriteValues(json, values);
        if (exception is not null)
        {
            json.WriteString("exception"u8, exception.ToString());
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        if (values is null || values.Count == 0 || (values.Count == 1 && values[0].Key == Template))
        {
            return;
        }

        json.WriteStartObject("values"u8);
        for (int i = 0; i < values.Count; i++)
        {
            (string key, object? value) = values[i];
            if (key != Template)
            {
                json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(key));
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
