using System.Text.Json.Serialization;

namespace Railgun.Hosting.Tests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FakeOptions))]
internal sealed partial class FakeSchema : JsonSerializerContext;
