using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Coding;

/// <summary>Whether one response's body becomes a version here, and for whom (step 10).</summary>
internal sealed class TargetKeeper
{
    private readonly VersionStore _store;
    private readonly VersionUse _use;
    private readonly long _longest;

    private TargetKeeper(VersionStore store, VersionUse use, string reason, long longest)
    {
        _store = store;
        _use = use;
        _longest = longest;
        Reason = reason;
    }

    /// <summary>Why, or why not: one of the words in <see cref="SharingReason"/>.</summary>
    public string Reason { get; }

    /// <summary>Whether the body is kept, as far as its head tells.</summary>
    public bool Keeps => _use.Sharing != Sharing.None;

    /// <summary>Whose page it is, and who may have it.</summary>
    public VersionUse Use => _use;

    /// <summary>Decides by the heads.</summary>
    public static TargetKeeper Decide(CodingTools tools, RequestHead request, ResponseHead response, in Asker asker, BodyKind kind, long? length)
    {
        SharingDecision decision = SharingPolicy.Decide(request, asker.Use.Principal, response, tools.Rules);
        long longest = kind switch
        {
            BodyKind.Plain or BodyKind.Text => tools.Store.MaxVersionLength,
            BodyKind.Packed => Math.Min(tools.Options.KeepPacked.Bytes, tools.Store.MaxVersionLength),
            _ => 0,
        };
        bool keeps = decision.Keeps && longest > 0 && (length ?? 1) <= longest;
        return new TargetKeeper(tools.Store, asker.Use with { Sharing = keeps ? decision.Sharing : Sharing.None }, decision.Reason, longest);
    }

    /// <summary>A builder that keeps the body, or only hashes it; null where neither is needed.</summary>
    /// <param name="coded">Whether the body crosses the link coded: each segment needs its proof.</param>
    public VersionBuilder? Build(bool coded) => Keeps ? _store.NewBuilder(_longest) : coded ? new VersionBuilder(0) : null;

    /// <summary>Puts the whole body into the store; null if it is not kept after all. The caller releases the version.</summary>
    public Version? Keep(VersionBuilder? target)
    {
        if (!Keeps || target?.Complete() is not { } version)
        {
            return null;
        }

        _store.Put(version, _use);
        return version;
    }
}
