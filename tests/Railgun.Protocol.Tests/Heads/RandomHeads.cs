using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Tests.Heads;

/// <summary>Heads by seed: mostly like those before, as on a real lane, with every form of value among them.</summary>
internal sealed class RandomHeads(int seed)
{
    private static readonly string[] Names =
        ["Date", "date", "Content-Type", "content-length", "ETag", "Set-Cookie", "Cache-Control", "X-Own", "x-other-name", "Location", "Last-Modified", "Cookie", "Referer", "Expires"];

    private readonly Random _random = new(seed);
    private readonly List<string> _values = ["", "0", "a"];
    private long _now = 1_700_000_000;

    public RequestHead Request() => new()
    {
        Method = Pick("GET", "POST", "PURGE"),
        Scheme = Pick("http", "https"),
        Authority = Pick("shop.example", "shop.example:8443", ""),
        Target = Target(),
        Protocol = _random.Next(20) == 0 ? "websocket" : null,
        Fields = Fields(_random.Next(12)),
    };

    public ResponseHead Response() => new() { Status = _random.Next(5) == 0 ? _random.Next(200, 1000) : 200, Fields = Fields(_random.Next(12)) };

    public FieldList Fields(int count)
    {
        var fields = new FieldList();
        int start = _random.Next(3);
        for (int i = 0; i < count; i++)
        {
            string name = _random.Next(15) == 0 ? $"X-{_random.Next(2000)}" : Names[(start + i) % Names.Length];
            fields.Add(name, Value());
        }

        return fields;
    }

    private string Target() => _random.Next(4) switch
    {
        0 => "*",
        1 => $"/a/{_random.Next(5)}/b.html",
        2 => $"/search?q=a/b?c&n={_random.Next(100)}",
        _ => string.Concat(Enumerable.Range(0, _random.Next(80)).Select(i => "/" + _random.Next(i + 1))),
    };

    private string Value()
    {
        _now += _random.Next(3);
        string value = _random.Next(12) switch
        {
            0 => FixDate.Text(_now),
            1 => FixDate.Text(_random.NextInt64(FixDate.Max)),
            2 => _random.NextInt64(long.MaxValue).ToString(null, null),
            3 => _random.Next(100).ToString(null, null),
            4 => "0" + _random.Next(100).ToString(null, null),
            5 => $"\"{_random.NextInt64():x16}\"",
            6 => Convert.ToBase64String(BitConverter.GetBytes(_random.NextInt64())),
            7 => $"a=1; b={_random.Next(3)}; Path=/; HttpOnly",
            8 => $"max-age={_random.Next(4)}, public, ",
            9 => Bytes(_random.Next(200)),
            10 => new string('x', _random.Next(50) == 0 ? 20_000 : 30),
            _ => _values[_random.Next(_values.Count)],
        };
        if (_values.Count < 50)
        {
            _values.Add(value);
        }

        return value;
    }

    /// <summary>Any bytes that a value may hold.</summary>
    private string Bytes(int length) => string.Create(length, _random, static (text, random) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            char next = (char)random.Next(1, 256);
            text[i] = next is '\r' or '\n' ? ' ' : next;
        }
    });

    private string Pick(params string[] choices) => choices[_random.Next(4) == 0 ? _random.Next(choices.Length) : 0];
}
