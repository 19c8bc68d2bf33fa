using Railgun.Protocol.Engine;
using Railgun.Protocol.Frames;

namespace Railgun.Simulation;

/// <summary>
/// Counts what the runs reached: frames and pairs of frames that followed each other on a wire, states of lanes and streams, and things that happened. So that the simulation can't go blind.
/// </summary>
internal sealed class Coverage
{
    private const int Types = 32;

    private static readonly string[] Directions = ["up", "down"];
    private static readonly string[] Roles = ["listener", "sender"];

    private readonly Dictionary<string, int> _things = new(StringComparer.Ordinal);
    private readonly int[] _pairs = new int[2 * Types * Types];
    private readonly int[] _lanes = new int[2 * 4];
    private readonly int[] _streams = new int[2 * 32];

    /// <summary>How often each thing was seen.</summary>
    public IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            var all = new Dictionary<string, int>(_things, StringComparer.Ordinal);
            Name(all, _pairs, at => $"{Directions[at / (Types * Types)]} {NameOf(at / Types % Types)}>{NameOf(at % Types)}");
            for (int at = 0; at < _pairs.Length; at++)
            {
                if (_pairs[at] > 0)
                {
                    string frame = $"{Directions[at / (Types * Types)]} {NameOf(at % Types)}";
                    all[frame] = all.GetValueOrDefault(frame) + _pairs[at];
                }
            }

            Name(all, _lanes, at => $"{Roles[at / 4]} lane {(LaneState)(at % 4)}");
            Name(all, _streams, at => $"{Roles[at / 32]} stream {StateName(at % 32)}");
            return all;
        }
    }

    /// <summary>Counts one thing.</summary>
    public void Saw(string what) => _things[what] = _things.GetValueOrDefault(what) + 1;

    /// <summary>Counts whether a stream's object was one before.</summary>
    public void SawOpened(StreamCore? stream)
    {
        if (stream is not null)
        {
            Saw($"{(stream.Request is null ? "listener" : "sender")} stream object {(stream.Generation > 0 ? "used again" : "new")}");
        }
    }

    /// <summary>Counts the frames in what an engine wrote.</summary>
    public void SawFrames(bool down, ReadOnlySpan<byte> bytes)
    {
        int previous = 0;
        while (FrameHeader.Read(bytes, out FrameHeader header, out _, out int length) == FrameStatus.Done)
        {
            _pairs[((down ? Types : 0) + previous) * Types + (int)header.Type]++;
            previous = (int)header.Type;
            bytes = bytes[length..];
        }
    }

    /// <summary>Counts the states that a lane and its streams are in.</summary>
    public void SawStates(LaneEngine engine)
    {
        int role = engine.IsListener ? 0 : 1;
        _lanes[(role * 4) + (int)engine.State]++;
        foreach (StreamCore stream in engine.Streams.All())
        {
            int state = (stream.HeadPassed ? 1 : 0) | (stream.EndWritten ? 2 : 0) | (stream.EndReceived ? 4 : 0)
                | (stream.AwaitsRest || stream.SendsRest ? 8 : 0) | (stream.HasOutput && (stream.SendCredit < 64 || stream.Unreturned > 0) ? 16 : 0);
            _streams[(role * 32) + state]++;
        }
    }

    private static void Name(Dictionary<string, int> all, int[] counts, Func<int, string> name)
    {
        for (int at = 0; at < counts.Length; at++)
        {
            if (counts[at] > 0)
            {
                all[name(at)] = counts[at];
            }
        }
    }

    private static string NameOf(int type) => type == 0 ? "start" : ((FrameType)type).ToString();

    private static string StateName(int bits)
    {
        string[] names = ["head", "written", "received", "rest", "waits"];
        string name = string.Join('+', names.Where((_, at) => (bits & (1 << at)) != 0));
        return name.Length == 0 ? "new" : name;
    }
}
