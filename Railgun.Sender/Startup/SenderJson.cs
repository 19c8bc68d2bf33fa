using System.Text.Json.Serialization;

namespace Railgun.Sender.Startup;

/// <summary>The options' metadata: source-generated, so that nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SenderOptions))]
internal sealed partial class SenderJson : JsonSerializerContext;
