using System.Buffers;
using Railgun.Protocol.Engine;

namespace Railgun.Sender.Coding;

/// <summary>Codes one body, segment by segment (step 6). What it works with goes back to the pool with the last segment, or when it is disposed.</summary>
internal interface ISegmentCoder : IDisposable
{
    /// <summary>What the response says of the body.</summary>
    Codec Codec { get; }

    /// <summary>Codes the next segment: after it, all coded bytes so far decode to all of the target so far.</summary>
    /// <param name="target">At most <see cref="Limits.MaxSegmentTarget"/> bytes; empty only at the end.</param>
    /// <param name="last">Whether the body ends here.</param>
    /// <param name="output">Gets the coded bytes; none may come of an empty target.</param>
    void Encode(ReadOnlySpan<byte> target, bool last, IBufferWriter<byte> output);
}
