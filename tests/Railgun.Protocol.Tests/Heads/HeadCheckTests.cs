using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Tests.Engine;
using Railgun.Protocol.Tests.Frames;

namespace Railgun.Protocol.Tests.Heads;

/// <summary>What of our own may cross the link, at the limit and one beyond; what passes here is never too large for the other side.</summary>
internal sealed class HeadCheckTests
{
    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_bytes_of_a_request(int beyond, bool passes)
    {
        RequestHead head = Lanes.Get();
        // Each counts as a field with a name of two bytes; the protocol is none, and counts too.
        int controls = head.Method.Length + head.Scheme.Length + head.Authority.Length + head.Target.Length + (5 * (2 + HeadCheck.PerField));
        head.Fields.Add("X", new string('v', Limits.MaxHead - controls - 1 - HeadCheck.PerField + beyond));
        Assert.That(HeadCheck.Problem(head), passes ? Is.Null : Does.Contain("larger than 65536 bytes"));
        Assert.That(HeadCheck.IsTooLarge(head), Is.EqualTo(!passes));
        AssertCrosses(passes, decoder => decoder.Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, head)), out RequestHead? _));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_fields_of_a_request(int beyond, bool passes)
    {
        RequestHead head = Lanes.Get();
        Add(head.Fields, Limits.MaxHeadFields - 5 + beyond);
        Assert.That(HeadCheck.Problem(head), passes ? Is.Null : Does.Contain("more than 256 fields"));
        Assert.That(HeadCheck.IsTooLarge(head), Is.EqualTo(!passes));
        AssertCrosses(passes, decoder => decoder.Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, head)), out RequestHead? _));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_bytes_of_a_response(int beyond, bool passes)
    {
        ResponseHead head = Lanes.Response();
        head.Fields.Add("X", new string('v', Limits.MaxHead - "200".Length - 2 - 1 - (2 * HeadCheck.PerField) + beyond));
        Assert.That(HeadCheck.Problem(head), passes ? Is.Null : Does.Contain("larger than 65536 bytes"));
        AssertCrosses(passes, decoder => decoder.Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, head, HeadKind.Response)), HeadKind.Response, out _));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_fields_of_a_response(int beyond, bool passes)
    {
        ResponseHead head = Lanes.Response();
        Add(head.Fields, Limits.MaxHeadFields - 1 + beyond);
        Assert.That(HeadCheck.Problem(head), passes ? Is.Null : Does.Contain("more than 256 fields"));
        AssertCrosses(passes, decoder => decoder.Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, head, HeadKind.Response)), HeadKind.Response, out _));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void The_bytes_and_the_fields_of_trailers(int beyond, bool pass)
    {
        FieldList large = [];
        large.Add("X", new string('v', Limits.MaxHead - 1 - HeadCheck.PerField + beyond));
        FieldList many = [];
        Add(many, Limits.MaxHeadFields + beyond);
        foreach (FieldList trailers in new[] { large, many })
        {
            Assert.That(HeadCheck.OrNone(trailers), pass ? Is.SameAs(trailers) : Is.Null);
            AssertCrosses(pass, decoder => decoder.Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, trailers)), out FieldList _));
        }
    }

    private static void Add(FieldList fields, int count)
    {
        for (int i = 0; i < count; i++)
        {
            fields.Add("x", "y");
        }
    }

    private static void AssertCrosses(bool passes, Func<HeadDecoder, HeadStatus> decode)
    {
        HeadStatus status = decode(new HeadDecoder(4096));
        Assert.That(!passes || status == HeadStatus.Done, Is.True, $"{status}");
    }
}
