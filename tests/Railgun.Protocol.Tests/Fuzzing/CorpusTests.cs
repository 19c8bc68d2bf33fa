using Railgun.Fuzz;

namespace Railgun.Protocol.Tests.Fuzzing;

/// <summary>What fuzzing has found its way with, run again; and as many inputs made of it. The long runs are those of Railgun.Fuzz.</summary>
internal sealed class CorpusTests
{
    private const int Mutations = 1_000;

    [TestCaseSource(nameof(Targets))]
    public void Every_input_of_the_corpus_and_what_is_made_of_it_is_read_within_bounds(string name)
    {
        IFuzzTarget target = FuzzTargets.All().Single(target => target.Name == name);
        byte[][] corpus = [.. target.Seeds(), .. new CorpusFile(Path.Combine(AppContext.BaseDirectory, "Corpus", $"{name}.zip")).Read()];
        var random = new Random(1);
        var mutator = new Mutator(random);
        foreach (byte[] input in corpus)
        {
            Assert.That(() => target.Run(input), Throws.Nothing, Convert.ToHexString(input));
        }

        for (int i = 0; i < Mutations; i++)
        {
            byte[] input = mutator.Mutate(corpus[random.Next(corpus.Length)], corpus[random.Next(corpus.Length)], target.MaxInput);
            Assert.That(() => target.Run(input), Throws.Nothing, $"mutation {i}: {Convert.ToHexString(input)}");
        }
    }

    [Test]
    public void Mutations_are_the_same_for_the_same_seed()
    {
        byte[] input = [.. Enumerable.Range(0, 100).Select(static i => (byte)i)];
        IEnumerable<string> Made()
        {
            var mutator = new Mutator(new Random(5));
            return [.. Enumerable.Range(0, 50).Select(_ => Convert.ToHexString(mutator.Mutate(input, [1, 2, 3], 200)))];
        }

        IEnumerable<string> first = Made();
        Assert.That(Made(), Is.EqualTo(first));
        Assert.That(first.Distinct().Count(), Is.GreaterThan(40));
    }

    private static IEnumerable<string> Targets() => FuzzTargets.All().Select(static target => target.Name);
}
