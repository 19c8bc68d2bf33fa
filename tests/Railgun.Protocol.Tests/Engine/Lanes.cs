using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Tests.Engine;

/// <summary>Ready-made hellos and heads.</summary>
internal static class Lanes
{
    public const long Second = TimeSpan.TicksPerSecond;

    public static Hello Hello(LinkRole role) => new()
    {
        Role = role,
        Instance = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        Epoch = (ulong)role,
        Software = "test",
        Codecs = 0b11111,
    };

    public static RequestHead Get(string target = "/") => new() { Method = "GET", Scheme = "https", Authority = "shop.example", Target = target };

    public static ResponseHead Response(int status = 200) => new() { Status = status };
}
