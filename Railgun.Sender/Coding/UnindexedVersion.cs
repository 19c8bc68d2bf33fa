using Railgun.Protocol.Versions;
using Version = Railgun.Protocol.Versions.Version;

namespace Railgun.Sender.Coding;

/// <summary>A version whose index is made behind the answer that brought it, so that neither this one nor the next waits for it. Nothing is pinned until then.</summary>
/// <param name="Name">The version; default for none.</param>
/// <param name="Asker">Whose page it is.</param>
internal readonly record struct UnindexedVersion(VersionName Name, VersionUse Asker)
{
    /// <summary>Makes the index, if the version is still there.</summary>
    public void MakeIndex(VersionStore store)
    {
        if (Name.IsDefault || !store.TryPin(Name, Asker, publicOnly: false, out Version? version))
        {
            return;
        }

        try
        {
            version!.GetIndex();
        }
        finally
        {
            version!.Release();
        }
    }
}
