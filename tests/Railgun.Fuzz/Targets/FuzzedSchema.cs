using System.Text.Json.Serialization;

namespace Railgun.Fuzz.Targets;

/// <summary>The options' metadata.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FuzzedOptions))]
internal sealed partial class FuzzedSchema : JsonSerializerContext;
