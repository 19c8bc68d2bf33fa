using System.Globalization;
using System.Text;

namespace Railgun.TestKit;

/// <summary>
/// Makes pages from a seed, and later versions of them: text of a small vocabulary in repeated markup, with numbers, tokens and dates that
/// change as those of real pages do. The same seed gives the same bytes on every machine.
/// </summary>
public sealed class PageMaker(int seed)
{
    private static readonly string[] Words =
        "the of to and a in that is was he for it with as his on be at by had not are but from or have an they which one you were all her she there would their we him been has when who will no more if out so up said what its about than into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way down should because long each just state those people too mr how little good world make very year still see own work men day get here old life both between being under three never know same last another while us might great go come since against right came take used himself few house use place american during high without again home around small however found mrs part school thought went say general once upon war left".Split(' ');

    private readonly Random _random = new(seed);
    private readonly List<string> _blocks = [];
    private string _token = "";
    private int _number = 1;

    /// <summary>The first version, of about <paramref name="blocks"/> times 300 bytes.</summary>
    public byte[] First(int blocks)
    {
        _blocks.Clear();
        _token = Token();
        for (int i = 0; i < blocks; i++)
        {
            _blocks.Add(Block());
        }

        return Render();
    }

    /// <summary>The next version: the nonce, the clock and a few blocks differ.</summary>
    public byte[] Next(int changes)
    {
        _token = Token();
        for (int i = 0; i < changes; i++)
        {
            int at = _random.Next(_blocks.Count);
            switch (_random.Next(4))
            {
                case 0:
                    _blocks.Insert(at, Block());
                    break;
                case 1 when _blocks.Count > 1:
                    _blocks.RemoveAt(at);
                    break;
                case 2:
                    string moved = _blocks[at];
                    _blocks.RemoveAt(at);
                    _blocks.Insert(_random.Next(_blocks.Count + 1), moved);
                    break;
                default:
                    string block = _blocks[at];
                    int cut = _random.Next(block.Length);
                    _blocks[at] = block[..cut] + Words[_random.Next(Words.Length)] + block[Math.Min(block.Length, cut + _random.Next(12))..];
                    break;
            }
        }

        return Render();
    }

    private string Token() => _random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);

    private string Block()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<article class=\"teaser\" id=\"a{_number}\"><a href=\"/story/{_number * 37 % 1000}-");
        _number++;
        text.AppendJoin('-', Pick(4)).Append("\">").AppendJoin(' ', Pick(6)).Append("</a><p>");
        text.AppendJoin(' ', Pick(20)).Append(CultureInfo.InvariantCulture, $"</p><time>{_random.Next(24):00}:{_random.Next(60):00}</time></article>\n");
        return text.ToString();
    }

    private string[] Pick(int count)
    {
        var words = new string[count];
        for (int i = 0; i < count; i++)
        {
            // Squared: some words are common, as in any language.
            double chance = _random.NextDouble();
            words[i] = Words[(int)(chance * chance * Words.Length)];
        }

        return words;
    }

    private byte[] Render()
    {
        var page = new StringBuilder("<!doctype html><html><head><title>News</title><script nonce=\"");
        page.Append(_token).Append("\">start()</script></head><body>\n").AppendJoin("", _blocks);
        page.Append(CultureInfo.InvariantCulture, $"<footer data-token=\"{_token}\">made in {_random.Next(900)} ms</footer></body></html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }
}
