using Railgun.Protocol.Heads;
using Railgun.Protocol.Tests.Engine;
using Railgun.Protocol.Tests.Frames;

namespace Railgun.Protocol.Tests.Heads;

/// <summary>Coded head blocks.</summary>
internal static class Blocks
{
    public static byte[] Request(HeadEncoder encoder) => Bytes.Of(b => encoder.Encode(b, Lanes.Get()));

    public static byte[] Response(HeadEncoder encoder, int status = 200, HeadKind kind = HeadKind.Response) =>
        Bytes.Of(b => encoder.Encode(b, Lanes.Response(status), kind));

    public static byte[] Trailers(HeadEncoder encoder, string name, string value) => Bytes.Of(b =>
    {
        var trailers = new FieldList { { name, value } };
        encoder.Encode(b, trailers);
    });
}
