namespace Railgun.Protocol.Versions;

/// <summary>Who may find what stands under a key.</summary>
internal static class SlotOwner
{
    /// <summary>The principal whose versions these are; <see cref="Principal.Anonymous"/> stands for everybody.</summary>
    public static Principal Of(in VersionUse use) => use.Sharing == Sharing.Principal ? use.Principal : Principal.Anonymous;
}
