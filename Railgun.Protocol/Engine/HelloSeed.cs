using System.Buffers.Binary;
using Railgun.Protocol.Deltas.Signatures;

namespace Railgun.Protocol.Engine;

/// <summary>
/// The seed of a lane's signatures, of what both sides have said of themselves: instance (16) and epoch (8) of the listener, then of the sender, as in hello. It is random, crosses
/// only inside TLS, and is another one after each restart of either side.
/// </summary>
internal static class HelloSeed
{
    private const int InstanceSize = 16;
    private const int SideSize = InstanceSize + sizeof(ulong);

    /// <summary>The seed.</summary>
    public static SignatureSeed Of(Hello listener, Hello sender)
    {
        Span<byte> shared = stackalloc byte[2 * SideSize];
        Put(listener, shared);
        Put(sender, shared[SideSize..]);
        return SignatureSeed.Derive(shared);
    }

    private static void Put(Hello hello, Span<byte> destination)
    {
        hello.Instance.TryWriteBytes(destination, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64BigEndian(destination[InstanceSize..], hello.Epoch);
    }
}
