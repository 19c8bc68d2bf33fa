namespace Railgun.Protocol.Identity;

/// <summary>Files of the state directory: mode 0600, written whole or not at all, owned by whom the directory belongs to.</summary>
internal static class StateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Others = (UnixFileMode)0b111_111;
    private const string LockName = ".lock";
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    /// <summary>Makes the state directory with mode 0700, unless it is there.</summary>
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, DirectoryMode);
        }
    }

    /// <summary>The file's bytes; null if there is none.</summary>
    /// <exception cref="IOException">It can't be read, or is longer than <paramref name="limit"/> bytes.</exception>
    public static byte[]? Read(string path, int limit)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (file.Length > limit)
            {
                throw new IOException($"{path} has {file.Length} bytes; at most {limit} are read.");
            }

            byte[] bytes = new byte[file.Length];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts <paramref name="bytes"/> in place of the file: a reader sees the old one or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = WriteTemporary(path, bytes);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Whether group or others may read or write the file. Never on Windows, where access lists decide.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;

    /// <summary>Waits for the right to change files of the state directory, held until the result is disposed; makes the directory if need be.</summary>
    /// <exception cref="IOException">Another process held it for 5 seconds.</exception>
    public static FileStream Lock(string directory)
    {
        CreateDirectory(directory);
        string name = Path.Combine(directory, LockName);
        FileStream? held = null;
        string? why = null;
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    held = Open(name, FileMode.OpenOrCreate);
                }
                catch (IOException e)
                {
                    why = e.Message;
                }

                return held is not null;
            },
            LockPatience);
        if (held is null)
        {
            throw new IOException(why);
        }

        FileOwner.LikeDirectory(name);
        return held;
    }

    private static string WriteTemporary(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            using FileStream file = Open(temporary, FileMode.CreateNew);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FileOwner.LikeDirectory(temporary);
        return temporary;
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
