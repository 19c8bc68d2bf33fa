using System.Runtime.InteropServices;

namespace Railgun.Protocol.Identity;

/// <summary>
/// Gives files that root makes to the owner of their directory. Without it, <c>trust</c> as root would leave a file that the daemon, which runs
/// as a user of its own (systemd's DynamicUser), may not read. Linux only; does nothing elsewhere and for anybody but root.
/// </summary>
internal static partial class FileOwner
{
    // statx(2): the one stat whose layout is the same on every architecture. 256 bytes; stx_uid at 20, stx_gid at 24.
    private const int StatxSize = 256;
    private const int UidOffset = 20;
    private const int GidOffset = 24;
    private const int CurrentDirectory = -100;
    private const uint UidAndGid = 0x8 | 0x10;

    /// <summary>Makes the owner of the file's directory its owner, as far as that is possible.</summary>
    public static void LikeDirectory(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        Span<byte> status = stackalloc byte[StatxSize];
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (StatX(CurrentDirectory, directory, 0, UidAndGid, ref MemoryMarshal.GetReference(status)) == 0)
        {
            // A refusal (a file system without owners) leaves the file root's: the daemon then says that it can't read it.
            _ = ChangeOwner(path, MemoryMarshal.Read<uint>(status[UidOffset..]), MemoryMarshal.Read<uint>(status[GidOffset..]));
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint owner, uint group);
}
