using Railgun.Protocol.Engine;

namespace Railgun.Protocol.Frames;

/// <summary>
/// HELLO, and the same fields in an accepting HELLO_ANSWER.
/// <code>
/// "RGUN" | role (1) | min version (v) | max version (v) | instance (16) | epoch (8) | software (text) | settings: (id (v), value (v))*
/// </code>
/// Settings may come in any order, a known one at most once; an unknown one is ignored, a missing one has its default.
/// </summary>
internal static class HelloFrame
{
    /// <summary>The longest software text, in bytes.</summary>
    public const int MaxSoftware = 64;

    /// <summary>Bytes of the instance.</summary>
    public const int InstanceSize = 16;

    /// <summary>The most settings; more are refused.</summary>
    public const int MaxSettings = 64;

    private static ReadOnlySpan<byte> Magic => "RGUN"u8;

    /// <summary>Appends the fields (no frame header).</summary>
    public static void WriteFields(FrameBuffer output, Hello hello)
    {
        output.Write(Magic);
        output.WriteByte((byte)hello.Role);
        output.WriteVarint(hello.MinVersion);
        output.WriteVarint(hello.MaxVersion);
        Span<byte> instance = stackalloc byte[InstanceSize];
        hello.Instance.TryWriteBytes(instance, bigEndian: true, out _);
        output.Write(instance);
        Span<byte> epoch = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(epoch, hello.Epoch);
        output.Write(epoch);
        TextField.Write(output, hello.Software, MaxSoftware);
        WriteSetting(output, HelloSetting.StreamWindow, (ulong)hello.StreamWindow);
        WriteSetting(output, HelloSetting.LaneWindow, (ulong)hello.LaneWindow);
        WriteSetting(output, HelloSetting.MaxStreams, (ulong)hello.MaxStreams);
        WriteSetting(output, HelloSetting.Codecs, hello.Codecs);
        WriteSetting(output, HelloSetting.HeadTable, (ulong)hello.HeadTable);
    }

    /// <summary>Reads the fields; null if they are malformed.</summary>
    public static Hello? ReadFields(ref FrameReader reader)
    {
        bool magic = reader.Bytes(Magic.Length).SequenceEqual(Magic);
        byte role = reader.Byte();
        uint min = (uint)reader.Varint(uint.MaxValue);
        uint max = (uint)reader.Varint(uint.MaxValue);
        ReadOnlySpan<byte> instance = reader.Bytes(InstanceSize);
        ReadOnlySpan<byte> epoch = reader.Bytes(8);
        string software = reader.Text(MaxSoftware);
        if (reader.Failed || !magic || role is not ((byte)LinkRole.Listener or (byte)LinkRole.Sender) || min > max)
        {
            return null;
        }

        var hello = new Hello
        {
            Role = (LinkRole)role,
            MinVersion = min,
            MaxVersion = max,
            Instance = new Guid(instance, bigEndian: true),
            Epoch = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(epoch),
            Software = software,
        };
        return ReadSettings(ref reader, hello) ? hello : null;
    }

    private static void WriteSetting(FrameBuffer output, HelloSetting id, ulong value)
    {
        output.WriteVarint((ulong)id);
        output.WriteVarint(value);
    }

    private static bool ReadSettings(ref FrameReader reader, Hello hello)
    {
        ulong seen = 0;
        for (int count = 0; !reader.Rest.IsEmpty; count++)
        {
            ulong id = reader.Varint();
            ulong value = reader.Varint();
            ulong known = id <= (ulong)HelloSetting.HeadTable ? 1UL << (int)id : 0;
            if (reader.Failed || count == MaxSettings || (seen & known) != 0 || !Apply(hello, (HelloSetting)id, value))
            {
                return false;
            }

            seen |= known;
        }

        return true;
    }

    private static bool Apply(Hello hello, HelloSetting id, ulong value)
    {
        switch (id)
        {
            case HelloSetting.StreamWindow when value is >= Hello.MinWindow and <= Hello.MaxWindow:
                hello.StreamWindow = (int)value;
                return true;
            case HelloSetting.LaneWindow when value is >= Hello.MinWindow and <= Hello.MaxWindow:
                hello.LaneWindow = (int)value;
                return true;
            case HelloSetting.MaxStreams when value is >= 1 and <= int.MaxValue:
                hello.MaxStreams = (int)Math.Min(value, Limits.MaxStreams);
                return true;
            case HelloSetting.Codecs when value is >= 1 and <= uint.MaxValue:
                hello.Codecs = (uint)value | (1u << (int)Codec.Identity);
                return true;
            case HelloSetting.HeadTable when value <= Heads.FieldTable.MaxBytes:
                hello.HeadTable = (int)value;
                return true;
            default:
                return id is < HelloSetting.StreamWindow or > HelloSetting.HeadTable;
        }
    }
}
