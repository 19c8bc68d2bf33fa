using Railgun.Protocol.Engine;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Protocol.Tests.Versions;

/// <summary>Bodies and versions for the tests of this folder.</summary>
internal static class Bodies
{
    public static byte[] Random(int length, int seed)
    {
        byte[] body = new byte[length];
        new Random(seed).NextBytes(body);
        return body;
    }

    /// <summary>A version on which the caller holds the one reference.</summary>
    public static Version Version(int length, int seed)
    {
        using var builder = new VersionBuilder(Limits.MaxVersion);
        builder.Append(Random(length, seed));
        return builder.Complete()!;
    }
}
