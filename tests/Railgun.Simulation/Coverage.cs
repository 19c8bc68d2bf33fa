using System.Collections.Concurrent;
using Railgun.Protocol.Frames;

namespace Railgun.Simulation;

/// <summary>Counts what the runs reached: pairs of frames that followed each other on a wire, and things that happened. So that the simulation can't go blind.</summary>
internal sealed class Coverage
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>How often each thing was seen.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Counts one thing.</summary>
    public void Saw(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);

    /// <summary>Counts the frames in what an engine wrote.</summary>
    public void SawFrames(string direction, ReadOnlySpan<byte> bytes)
    {
        string previous = "start";
        while (FrameHeader.Read(bytes, out FrameHeader header, out _, out int length) == FrameStatus.Done)
        {
            string name = header.Type.ToString();
            Saw($"{direction} {name}");
            Saw($"{direction} {previous}>{name}");
            previous = name;
            bytes = bytes[length..];
        }
    }
}
