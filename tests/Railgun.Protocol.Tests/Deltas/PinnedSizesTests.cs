using Railgun.Protocol.Deltas;
using Railgun.Protocol.Deltas.Signatures;
using Railgun.Protocol.Tests.Deltas.Signatures;
using Railgun.TestKit;

namespace Railgun.Protocol.Tests.Deltas;

/// <summary>Sizes on made pages, pinned so that a change of size shows in review: ten later versions each, coded against the one before.</summary>
internal sealed class PinnedSizesTests
{
    [TestCase(1, 0, 260, 277)]
    [TestCase(2, 4, 1393, 1450)]
    [TestCase(3, 40, 12565, 10284)]
    public void Ten_later_versions_cost(int seed, int changes, int fast, int dense)
    {
        int[] sizes = new int[2];
        foreach (DeltaLevel level in Enum.GetValues<DeltaLevel>())
        {
            var pages = new PageMaker(seed);
            byte[] before = pages.First(150);
            for (int version = 0; version < 10; version++)
            {
                byte[] page = pages.Next(changes);
                sizes[(int)level] += Coding.Encode(level, before, page).Length;
                before = page;
            }
        }

        Assert.That((sizes[0], sizes[1]), Is.EqualTo((fast, dense)));
    }

    [TestCase(4, 4, 937, 863)]
    [TestCase(5, 40, 7922, 6077)]
    public void A_later_version_costs_by_its_signature(int seed, int changes, int fast, int dense)
    {
        var pages = new PageMaker(seed);
        byte[] before = pages.First(1500);
        byte[] page = pages.Next(changes);
        BlockSignature signature = SignedCoding.Sign(before);
        int[] sizes = [.. Enum.GetValues<DeltaLevel>().Select(level => SignedCoding.Encode(level, signature, page).Sum(segment => segment.Length))];
        Assert.That((sizes[0], sizes[1]), Is.EqualTo((fast, dense)));
    }
}
