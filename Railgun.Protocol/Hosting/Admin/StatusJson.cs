using System.Text.Json.Serialization;

namespace Railgun.Hosting.Admin;

/// <summary>The JSON of <c>/status</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
