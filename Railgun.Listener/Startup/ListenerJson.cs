using System.Text.Json.Serialization;

namespace Railgun.Listener.Startup;

/// <summary>The options' metadata: source-generated, so that nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ListenerOptions))]
internal sealed partial class ListenerJson : JsonSerializerContext;
