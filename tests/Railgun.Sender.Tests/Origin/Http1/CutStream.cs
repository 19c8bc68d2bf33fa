using Railgun.Protocol.Transport;

namespace Railgun.Sender.Tests.Origin.Http1;

/// <summary>A connection whose first read brings so many bytes and no more, or whose every read brings one.</summary>
internal sealed class CutStream(Stream inner, int first) : ForwardingStream(inner)
{
    private readonly bool _single = first == 0;
    private int _left = first;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int most = _single ? 1 : _left > 0 ? Math.Min(_left, buffer.Length) : buffer.Length;
        int read = await base.ReadAsync(buffer[..most], cancellationToken);
        _left -= read;
        return read;
    }
}
