namespace Railgun.Try.Origins.Site;

/// <summary>Sentences for a newspaper of a harbour town, made from a seed.</summary>
/// <param name="chance">Where the choices come from.</param>
internal sealed class Prose(Random chance)
{
    private static readonly string[] People = Words(
        "the harbour master|a retired teacher|the mayor|two students|the ferry company|the night watch|a choir from Lund|the city council|" +
        "the last lighthouse keeper|a group of bakers|the fire brigade|a young architect|the museum's director|neighbours of the old mill|" +
        "the tram drivers|a marine biologist|the school orchestra|the fishing fleet|volunteers of the sea rescue|a clockmaker|the weather office|" +
        "the library|an amateur astronomer|the port authority|the union of dockers|a beekeeper|the swimming club|the university|the market traders|the choirmaster");

    private static readonly string[] Deeds = Words(
        "found|sold|repaired|photographed|measured|restored|closed|reopened|painted|counted|moved|inspected|rescued|designed|presented|postponed|" +
        "celebrated|auctioned|borrowed|surveyed|raised|widened|defended|planned|tested|welcomed|refused|catalogued|illuminated|described");

    private static readonly string[] Things = Words(
        "the stone bridge|a forgotten tunnel|nine wooden boats|the tide mill|a map from 1742|the northern pier|the town clock|an orchard of pear trees|" +
        "the tram depot|a colony of seals|the winter market|a brass telescope|the old customs house|three kilometres of sea wall|the observatory|" +
        "a rare comet|the botanical garden|the ferry timetable|an unsigned painting|the concert hall|a sunken barge|the bicycle lanes|the flood gates|" +
        "a school of herring|the slate roofs|the bathing beach|an archive of letters|the bell tower|the night train|a row of lime trees");

    private static readonly string[] Places = Words(
        "at the southern quay|behind the town hall|near the ropeworks|on Gull Island|in the lower town|outside the station|along the canal|above the cliffs|" +
        "under the viaduct|by the salt stores|in the old shipyard|at the foot of the lighthouse|between the two locks|on the market square|at low tide");

    private static readonly string[] Times = Words(
        "on Tuesday|last week|before sunrise|after years of talks|during the storm|in front of a large crowd|without any notice|for the first time since 1931|" +
        "earlier than promised|late in the evening|over the weekend|in less than an hour|against all odds|with borrowed tools|as the fog lifted");

    private static readonly string[] Links = Words(
        "Witnesses said that|According to the minutes,|Nobody expected that|It is not yet known whether|A report of 60 pages shows how|Later it turned out that|" +
        "The newspaper has learned that|Asked about it, a speaker confirmed that|Old photographs prove that|By then|Even so,|Residents remember how|" +
        "To the surprise of many,|Without doubt|In a letter to this newspaper a reader explains why");

    /// <summary>What a story is called.</summary>
    public string Headline() => Capital($"{Any(People)} {Any(Deeds)} {Any(Things)}");

    /// <summary>Some sentences in a row.</summary>
    public string Paragraph(int sentences) => string.Join(' ', Enumerable.Range(0, sentences).Select(Sentence));

    /// <summary>Who wrote something.</summary>
    public string Author() => Any(Words("Ada Holm|Ines Brandt|Jonas Wik|Maren Toft|Olav Sund|Petra Falk|Sven Aas|Tilda Rask|Ulf Berg|Vera Lind"));

    private string Sentence(int index) => chance.Next(4) switch
    {
        0 => Capital($"{Any(People)} {Any(Deeds)} {Any(Things)} {Any(Times)}."),
        1 => Capital($"{Any(Times)}, {Any(People)} {Any(Deeds)} {Any(Things)} {Any(Places)}, {chance.Next(2, 400)} metres from {Any(Things)}."),
        2 => $"{Any(Links)} {Any(People)} {Any(Deeds)} {Any(Things)} {Any(Places)}.",
        _ => $"{Any(Links)} {Any(People)} {Any(Deeds)} {Any(Things)} {Any(Times)}, at a cost of {chance.Next(3, 9000)} crowns.",
    };

    private static string[] Words(string list) => list.Split('|');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private string Any(string[] words) => words[chance.Next(words.Length)];
}
