using System.Text.Json;
using System.Text.Json.Serialization;

namespace Railgun.Hosting.Configuration;

/// <summary>JSON strings to and from an <see cref="ITextValue{TSelf}"/>.</summary>
internal sealed class TextValueConverter<T> : JsonConverter<T>, ITextParser
    where T : ITextValue<T>
{
    /// <inheritdoc/>
    public string Hint => T.Hint;

    /// <inheritdoc/>
    public object? Parse(string text) => T.TryParse(text, out T? value) ? value : null;

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString()!, out T? value) ? value : throw new JsonException($"Write {T.Hint}.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
