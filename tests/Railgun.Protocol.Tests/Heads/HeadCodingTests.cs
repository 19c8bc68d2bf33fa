using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Tests.Engine;
using Railgun.Protocol.Tests.Frames;

namespace Railgun.Protocol.Tests.Heads;

internal sealed class HeadCodingTests
{
    [Test]
    public void Any_heads_come_back_and_both_sides_stay_equal([Values(0, 31, 200, 1000, 4096, FieldTable.MaxBytes)] int table, [Range(1, 4)] int seed)
    {
        var heads = new RandomHeads(seed);
        var encoder = new HeadEncoder(table);
        var decoder = new HeadDecoder(table);
        var random = new Random(seed);
        for (int i = 0; i < 500; i++)
        {
            Cross(random.Next(8), heads, encoder, decoder);
            AssertEqual(encoder.Table, decoder.Table);
            Assert.That(encoder.Table.Bytes, Is.LessThanOrEqualTo(table));
        }
    }

    [Test]
    public void A_head_like_the_last_one_costs_a_byte_or_none()
    {
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        RequestHead head = Browser();
        Assert.That(Bytes.Of(b => encoder.Encode(b, head)), Has.Length.GreaterThan(150));
        Assert.That(Bytes.Of(b => encoder.Encode(b, head)), Has.Length.LessThanOrEqualTo(2));
        for (int i = 0; i < 20; i++)
        {
            Assert.That(Bytes.Of(b => encoder.Encode(b, head)), Has.Length.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public void A_response_with_another_date_and_length_costs_a_few_bytes()
    {
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        int last = 0;
        for (int i = 0; i < 30; i++)
        {
            ResponseHead head = Answer(date: 1_700_000_000 + (i * i), length: 20_000 + (97 * i));
            last = Bytes.Of(b => encoder.Encode(b, head, HeadKind.Response)).Length;
        }

        Assert.That(last, Is.LessThanOrEqualTo(5));
    }

    [Test]
    public void A_page_of_a_known_folder_costs_its_own_segment()
    {
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        int last = 0;
        for (int i = 0; i < 10; i++)
        {
            RequestHead head = Lanes.Get($"/archive/of/all/the/long/articles/{(char)('k' + i)}?page=1");
            last = Bytes.Of(b => encoder.Encode(b, head)).Length;
        }

        Assert.That(last, Is.LessThanOrEqualTo(6));
    }

    [Test]
    public void One_cookie_among_many_costs_itself()
    {
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        string session = "session=" + Convert.ToHexStringLower(new byte[24]) + "; theme=dark; consent=yes";
        int last = 0;
        for (int i = 0; i < 10; i++)
        {
            RequestHead head = Lanes.Get();
            head.Fields.Add("Cookie", $"seen={i}; {session}");
            last = Bytes.Of(b => encoder.Encode(b, head)).Length;
        }

        Assert.That(last, Is.LessThanOrEqualTo(9));
    }

    [Test]
    public void A_guess_at_a_secret_costs_the_same_however_near_it_comes()
    {
        string secret = "token=7f3a9c5d81";
        int far = Cost(secret, "token=18d5c9a3f7");
        int near = Cost(secret, "token=7f3a9c5d18");
        int right = Cost(secret, secret);
        Assert.That(near, Is.EqualTo(far));
        Assert.That(right, Is.LessThan(near));

        static int Cost(string secret, string guess)
        {
            var encoder = new HeadEncoder(FieldTable.MaxBytes);
            RequestHead victim = Lanes.Get();
            victim.Fields.Add("Cookie", $"a=1; {secret}");
            RequestHead attacker = Lanes.Get();
            attacker.Fields.Add("Cookie", $"a=1; {guess}");
            Bytes.Of(b => encoder.Encode(b, victim));
            return Bytes.Of(b => encoder.Encode(b, attacker)).Length;
        }
    }

    [Test]
    public void The_largest_head_crosses_and_one_byte_more_does_not()
    {
        int room = Limits.MaxHead - Text(Lanes.Get()) - "x-large".Length - HeadCheck.PerField;
        Assert.That(CrossLarge(new string('~', room)), Is.EqualTo(HeadStatus.Done));
        Assert.That(CrossLarge(new string('~', room + 1)), Is.EqualTo(HeadStatus.TooLarge));
    }

    [Test]
    public void The_rarest_bytes_fit_the_longest_block()
    {
        RequestHead head = Lanes.Get();
        head.Fields.Add("x", new string('\u00FE', Limits.MaxHead - 200));
        Assert.That(Bytes.Of(b => new HeadEncoder(0).Encode(b, head)), Has.Length.LessThan(2 * Limits.MaxHead));
    }

    [Test]
    public void As_many_fields_as_may_be_cross_and_one_more_does_not()
    {
        Assert.That(CrossMany(Limits.MaxHeadFields - 1), Is.EqualTo(HeadStatus.Done));
        Assert.That(CrossMany(Limits.MaxHeadFields), Is.EqualTo(HeadStatus.TooLarge));
    }

    [Test]
    public void Sixty_four_pieces_cross_and_more_are_not_split()
    {
        foreach (int pieces in new[] { 1, 2, 63, 64, 65, 1000 })
        {
            FieldList fields = [];
            fields.Add("Cookie", string.Join("; ", Enumerable.Range(0, pieces).Select(i => $"c{i}=1")));
            Assert.That(CrossTrailers(fields), Is.EqualTo(HeadStatus.Done), $"{pieces} pieces");
        }
    }

    [TestCase("bad name", "v")]
    [TestCase("", "v")]
    [TestCase(":m", "v")]
    [TestCase(":x", "v")]
    [TestCase("ünsafe", "v")]
    [TestCase("name", "a\rb")]
    [TestCase("name", "a\nb")]
    [TestCase("name", "a\0b")]
    public void What_no_head_may_hold_is_malformed(string name, string value)
    {
        FieldList fields = [];
        fields.Add(name, value);
        Assert.That(CrossTrailers(fields), Is.EqualTo(HeadStatus.Malformed));
    }

    [TestCase(100, HeadKind.Informational, HeadStatus.Done)]
    [TestCase(199, HeadKind.Informational, HeadStatus.Done)]
    [TestCase(101, HeadKind.Informational, HeadStatus.Malformed)]
    [TestCase(200, HeadKind.Informational, HeadStatus.Malformed)]
    [TestCase(101, HeadKind.Response, HeadStatus.Done)]
    [TestCase(200, HeadKind.Response, HeadStatus.Done)]
    [TestCase(999, HeadKind.Response, HeadStatus.Done)]
    [TestCase(103, HeadKind.Response, HeadStatus.Malformed)]
    public void A_status_fits_its_kind(int status, HeadKind kind, HeadStatus outcome) =>
        Assert.That(new HeadDecoder(4096).Decode(Blocks.Response(new HeadEncoder(4096), status, kind), kind, out _), Is.EqualTo(outcome));

    [Test]
    public void A_block_of_another_kind_is_malformed()
    {
        Assert.That(new HeadDecoder(4096).Decode(Blocks.Response(new HeadEncoder(4096)), out RequestHead? _), Is.EqualTo(HeadStatus.Malformed));
        Assert.That(new HeadDecoder(4096).Decode(Blocks.Request(new HeadEncoder(4096)), HeadKind.Response, out _), Is.EqualTo(HeadStatus.Malformed));
        Assert.That(new HeadDecoder(4096).Decode(Blocks.Request(new HeadEncoder(4096)), out FieldList _), Is.EqualTo(HeadStatus.Malformed));
    }

    [Test]
    public void Bytes_behind_the_end_are_malformed()
    {
        byte[] block = Blocks.Request(new HeadEncoder(4096));
        Assert.That(new HeadDecoder(4096).Decode([.. block, 0], out RequestHead? _), Is.EqualTo(HeadStatus.Malformed));
        Assert.That(new HeadDecoder(4096).Decode([.. block, 1, 2, 3, 4, 5], out RequestHead? _), Is.EqualTo(HeadStatus.Malformed));
        Assert.That(new HeadDecoder(4096).Decode(block, out RequestHead? _), Is.EqualTo(HeadStatus.Done));
    }

    [Test]
    public void Random_bytes_end_with_a_status_within_the_limits([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            var decoder = new HeadDecoder(random.Next(2) == 0 ? FieldTable.MaxBytes : random.Next(2000));
            Warm(decoder, seed, random.Next(20));
            byte[] block = new byte[random.Next(i % 10 == 0 ? 3000 : 40)];
            random.NextBytes(block);
            AssertBounded(decoder.Decode(block, out RequestHead? head), head?.Fields);
        }
    }

    [Test]
    public void Cut_and_changed_blocks_end_with_a_status([Range(1, 3)] int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            var heads = new RandomHeads(seed + i);
            byte[] block = Bytes.Of(b => new HeadEncoder(FieldTable.MaxBytes).Encode(b, heads.Request()));
            AssertBounded(new HeadDecoder(FieldTable.MaxBytes).Decode(block.AsSpan(0, random.Next(block.Length)), out RequestHead? cut), cut?.Fields);
            block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
            AssertBounded(new HeadDecoder(FieldTable.MaxBytes).Decode(block, out RequestHead? changed), changed?.Fields);
        }
    }

    private static void Warm(HeadDecoder decoder, int seed, int count)
    {
        var heads = new RandomHeads(seed);
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        for (int i = 0; i < count; i++)
        {
            if (decoder.Decode(Bytes.Of(b => encoder.Encode(b, heads.Request())), out RequestHead? _) != HeadStatus.Done)
            {
                return;
            }
        }
    }

    private static void AssertBounded(HeadStatus status, FieldList? fields)
    {
        Assert.That(status, Is.AnyOf(HeadStatus.Done, HeadStatus.Malformed, HeadStatus.TooLarge));
        if (fields is not null)
        {
            Assert.That(fields, Has.Count.LessThanOrEqualTo(Limits.MaxHeadFields));
            Assert.That(fields.Sum(HeadCheck.SizeOf), Is.LessThanOrEqualTo(Limits.MaxHead));
        }
    }

    private static void Cross(int kind, RandomHeads heads, HeadEncoder encoder, HeadDecoder decoder)
    {
        switch (kind)
        {
            case 0:
                FieldList trailers = heads.Fields(3);
                Assert.That(decoder.Decode(Bytes.Of(b => encoder.Encode(b, trailers)), out FieldList readTrailers), Is.EqualTo(HeadStatus.Done));
                Assert.That(readTrailers, Is.EqualTo(trailers));
                break;
            case < 4:
                RequestHead request = heads.Request();
                Assert.That(decoder.Decode(Bytes.Of(b => encoder.Encode(b, request)), out RequestHead? read), Is.EqualTo(HeadStatus.Done));
                Assert.That((read!.Method, read.Scheme, read.Authority, read.Target, read.Protocol), Is.EqualTo((request.Method, request.Scheme, request.Authority, request.Target, request.Protocol)));
                Assert.That(read.Fields, Is.EqualTo(request.Fields));
                break;
            default:
                ResponseHead response = heads.Response();
                Assert.That(decoder.Decode(Bytes.Of(b => encoder.Encode(b, response, HeadKind.Response)), HeadKind.Response, out ResponseHead? answered), Is.EqualTo(HeadStatus.Done));
                Assert.That(answered!.Status, Is.EqualTo(response.Status));
                Assert.That(answered.Fields, Is.EqualTo(response.Fields));
                break;
        }
    }

    private static void AssertEqual(FieldTable encoder, FieldTable decoder)
    {
        Assert.That((decoder.Bytes, decoder.Date, decoder.Names.Count), Is.EqualTo((encoder.Bytes, encoder.Date, encoder.Names.Count)));
        int different = Enumerable.Range(0, FieldTable.MaxSlots).Count(slot => Entry(encoder, slot) != Entry(decoder, slot));
        Assert.That(different, Is.Zero);
    }

    private static (int Name, string? Value) Entry(FieldTable table, int slot) => table.Holds(slot) ? (table.NameOf(slot), table.ValueOf(slot)) : default;

    private static HeadStatus CrossLarge(string value)
    {
        RequestHead head = Lanes.Get();
        head.Fields.Add("x-large", value);
        HeadStatus status = new HeadDecoder(4096).Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, head)), out RequestHead? read);
        Assert.That(read?.Fields.First("x-large"), status == HeadStatus.Done ? Is.EqualTo(value) : Is.Null);
        return status;
    }

    private static HeadStatus CrossMany(int fields)
    {
        ResponseHead head = Lanes.Response();
        for (int i = 0; i < fields; i++)
        {
            head.Fields.Add("x", "y");
        }

        return new HeadDecoder(4096).Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, head, HeadKind.Response)), HeadKind.Response, out _);
    }

    private static HeadStatus CrossTrailers(FieldList fields)
    {
        HeadStatus status = new HeadDecoder(4096).Decode(Bytes.Of(b => new HeadEncoder(4096).Encode(b, fields)), out FieldList read);
        Assert.That(status == HeadStatus.Done && !read.SequenceEqual(fields), Is.False);
        return status;
    }

    private static int Text(RequestHead head) =>
        new[] { head.Method, head.Scheme, head.Authority, head.Target }.Sum(v => v.Length + ControlName.Method.Length + HeadCheck.PerField);

    private static RequestHead Browser()
    {
        RequestHead head = Lanes.Get("/articles/2026/11/a-long-name-of-an-article?utm=1");
        head.Fields.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        head.Fields.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        head.Fields.Add("Accept-Language", "en-US,en;q=0.5");
        head.Fields.Add("Accept-Encoding", "gzip, deflate, br, zstd");
        head.Fields.Add("Cookie", "session=0123456789abcdef; theme=dark");
        head.Fields.Add("Upgrade-Insecure-Requests", "1");
        return head;
    }

    private static ResponseHead Answer(long date, int length)
    {
        ResponseHead head = Lanes.Response();
        head.Fields.Add("Date", FixDate.Text(date));
        head.Fields.Add("Content-Type", "text/html; charset=utf-8");
        head.Fields.Add("Content-Length", length.ToString(null, null));
        head.Fields.Add("Expires", FixDate.Text(date + 300));
        head.Fields.Add("Cache-Control", "max-age=300");
        return head;
    }
}
