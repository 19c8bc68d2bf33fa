using System.Collections.Concurrent;
using Railgun.Protocol.Transport;

namespace Railgun.Protocol.Tests.Transport;

internal sealed class RecordingObserver : ILinkObserver
{
    public TaskCompletionSource Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<LaneReport> Down { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<LaneReport> Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<LaneReport> Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> All { get; } = new();

    public void LaneUp(in LaneReport report)
    {
        All.Enqueue($"up {report}");
        Up.TrySetResult();
    }

    public void LaneDown(in LaneReport report)
    {
        All.Enqueue($"down {report}");
        Down.TrySetResult(report);
    }

    public void PeerRefused(in LaneReport report)
    {
        All.Enqueue($"refused {report}");
        Refused.TrySetResult(report);
    }

    public void CongestionRefused(string wanted, string cause) => All.Enqueue($"no {wanted}: {cause}");

    public void ConnectFailed(in LaneReport report)
    {
        All.Enqueue($"failed {report}");
        Failed.TrySetResult(report);
    }
}
