using Railgun.Hosting.Configuration;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Tests.Exchanges;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Tests.Coding;

internal sealed class TargetKeeperTests
{
    [TestCase(10_000, true)]
    [TestCase(10_001, false)]
    public void A_packed_body_of_unknown_length_takes_no_more_memory_than_it_may_be_kept_in(int length, bool kept)
    {
        using VersionStore store = new(new VersionStoreOptions());
        CodingOptions options = new() { KeepPacked = new ByteSize(10_000) };
        using Coders coders = new(options);
        CodingTools tools = new(store, new CredentialRules(new CredentialOptions()), coders, options, TimeProvider.System);
        RequestHead request = SenderBench.Get("/image");
        TargetKeeper keeper = TargetKeeper.Decide(tools, request, new ResponseHead { Status = 200 }, Asker.Of(request, tools.Rules), BodyKind.Packed, length: null);
        using VersionBuilder target = keeper.Build(coded: false)!;
        target.Append(new byte[length]);
        Assert.That(target.Keeping, Is.EqualTo(kept));
        Version? version = keeper.Keep(target);
        Assert.That(version is not null, Is.EqualTo(kept));
        version?.Release();
    }
}
