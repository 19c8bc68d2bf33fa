using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Railgun.Protocol.Transport;

/// <summary>
/// What a lane asks of its TCP connection and reads from it, where the kernel can: the numbers are those of Linux, <c>netinet/tcp.h</c>. What a kernel cannot, it refuses, and the lane works
/// without.
/// </summary>
/// <param name="socket">The connection.</param>
internal sealed class TcpTuning(Socket socket)
{
    /// <summary>The unsent queue while the line's rate is not known, in bytes.</summary>
    public const int FirstUnsent = 16 * 1024;

    private const int SocketLevel = 1;
    private const int SocketMaxPacingRate = 47;
    private const int TcpInfo = 11;
    private const int TcpCongestion = 13;
    private const int TcpUserTimeout = 18;
    private const int TcpNotSentLowAt = 25;
    private const int TcpCongestionInfo = 26;
    private const int LongestName = 16;

    // struct tcp_info: a flag in the eighth byte tells that the sender, and not the line, was the limit.
    private const int SegmentOffset = 16;
    private const int LastRoundTripOffset = 68;
    private const int WindowOffset = 80;
    private const int PacingOffset = 104;
    private const int RoundTripOffset = 148;
    private const int RateOffset = 160;
    private const int AppLimitedOffset = 7;

    // struct tcp_bbr_info: the rate's low and high half, the shortest round trip, two gains as 256ths.
    private const int BbrHighOffset = 4;
    private const int BbrGainOffset = 12;
    private const double BbrUnit = 256;
    private const int AppLimitedBit = 1;

    private int _unsent;
    private long _pace;

    /// <summary>
    /// Asks for a congestion control. BBR keeps its idea of the line over silence and over single losses; cubic halves its pace at each loss and begins anew after each silence.
    /// </summary>
    /// <param name="name">Its name, such as <c>bbr</c>.</param>
    /// <returns>Null, or why the kernel does not want to.</returns>
    public string? UseCongestionControl(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this system can't choose it for a connection";
        }

        try
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpCongestion, Encoding.ASCII.GetBytes(name));
            KeepsWindow = name == "bbr";
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    /// <summary>Whether the window that <see cref="Rates"/> tells still holds after silence; others than BBR begin anew then.</summary>
    public bool KeepsWindow { get; private set; }

    /// <summary>The congestion control in use; empty if that is not known.</summary>
    public string CongestionControl()
    {
        Span<byte> name = stackalloc byte[LongestName];
        int length = Read(TcpCongestion, name);
        return length <= 0 ? "" : Encoding.ASCII.GetString(name[..length]).TrimEnd('\0');
    }

    /// <summary>How much the kernel takes beyond what it has sent: little, so that what is urgent is not queued behind what is not.</summary>
    public void LimitUnsent(int bytes)
    {
        // Small changes are not worth a call.
        if (bytes > _unsent / 2 && bytes < _unsent * 2)
        {
            return;
        }

        _unsent = bytes;
        Set(TcpNotSentLowAt, bytes);
    }

    /// <summary>How fast the kernel may send, in bytes a second, whatever its congestion control says; 0 for no limit.</summary>
    public void LimitPace(long bytesPerSecond)
    {
        if (bytesPerSecond == _pace)
        {
            return;
        }

        Span<byte> value = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(value, bytesPerSecond == 0 ? -1L : bytesPerSecond);
        if (Set(SocketLevel, SocketMaxPacingRate, value))
        {
            _pace = bytesPerSecond;
        }
    }

    /// <summary>How long what was sent may stay unacknowledged before the kernel gives the connection up.</summary>
    public void LimitSilence(TimeSpan time) => Set(TcpUserTimeout, (int)time.TotalMilliseconds);

    /// <summary>The rates that the kernel has measured and keeps to; all zero if it can't tell.</summary>
    public TcpRates Rates()
    {
        Span<byte> info = stackalloc byte[RateOffset + sizeof(ulong)];
        return Read(TcpInfo, info) < info.Length
            ? default
            : new TcpRates(
                Rate(info[RateOffset..]), (info[AppLimitedOffset] & AppLimitedBit) == 0, Rate(info[PacingOffset..]),
                (long)MemoryMarshal.Read<uint>(info[WindowOffset..]) * MemoryMarshal.Read<uint>(info[SegmentOffset..]), RoundTrip(info), TimeSpan.FromMicroseconds(MemoryMarshal.Read<uint>(info[LastRoundTripOffset..])));
    }

    /// <summary>What BBR tells; all zero for other congestion controls.</summary>
    public BbrState Bbr()
    {
        Span<byte> info = stackalloc byte[BbrGainOffset + sizeof(uint)];
        return !KeepsWindow || Read(TcpCongestionInfo, info) < info.Length
            ? default
            : new BbrState(
                (long)(((ulong)MemoryMarshal.Read<uint>(info[BbrHighOffset..]) << 32) | MemoryMarshal.Read<uint>(info)), MemoryMarshal.Read<uint>(info[BbrGainOffset..]) / BbrUnit);
    }

    // In microseconds; all ones before the first.
    private static TimeSpan RoundTrip(ReadOnlySpan<byte> info) =>
        MemoryMarshal.Read<uint>(info[RoundTripOffset..]) is var shortest && shortest == uint.MaxValue ? TimeSpan.Zero : TimeSpan.FromMicroseconds(shortest);

    // All ones where there is no limit.
    private static long Rate(ReadOnlySpan<byte> field)
    {
        ulong rate = MemoryMarshal.Read<ulong>(field);
        return rate > long.MaxValue ? 0 : (long)rate;
    }

    private void Set(int option, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(bytes, value);
        Set((int)SocketOptionLevel.Tcp, option, bytes);
    }

    private bool Set(int level, int option, ReadOnlySpan<byte> value)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            socket.SetRawSocketOption(level, option, value);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // An old kernel, or the connection is gone.
            return false;
        }
    }

    private int Read(int option, Span<byte> into)
    {
        if (!OperatingSystem.IsLinux())
        {
            return -1;
        }

        try
        {
            return socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, option, into);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return -1;
        }
    }
}
