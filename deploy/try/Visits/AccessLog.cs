using System.Threading.Channels;

namespace Railgun.Try.Visits;

/// <summary>The listener's access log as it is written, read back a request at a time.</summary>
internal sealed class AccessLog
{
    private const int MostUnread = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Channel<LinkUse> _uses = Channel.CreateBounded<LinkUse>(
        new BoundedChannelOptions(MostUnread) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Takes in a line of the listener's output.</summary>
    public void Add(string line)
    {
        if (LinkUse.Parse(line) is { } use)
        {
            _uses.Writer.TryWrite(use);
        }
    }

    /// <summary>The line of the request just made; null where none comes within 3 s. Lines of other requests are passed over.</summary>
    public async Task<LinkUse?> NextAsync(string target, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            while (true)
            {
                LinkUse use = await _uses.Reader.ReadAsync(patience.Token);
                if (use.Target == target)
                {
                    return use;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
