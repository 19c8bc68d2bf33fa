using Railgun.Protocol.Frames;

namespace Railgun.Protocol.Engine;

/// <summary>Takes SIGNATURE and WANT_SIGNATURE frames. They take no credit, so each stream has one signature, of a bounded length, and a lane keeps so many of them.</summary>
internal sealed class SignatureInbound(LaneEngine engine)
{
    /// <summary>Takes one frame.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="stream">Its stream; null if that is over.</param>
    /// <param name="payload">Its payload.</param>
    public void Take(FrameHeader header, StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        if (engine.IsListener != (header.Type == FrameType.WantSignature))
        {
            engine.Fail(LaneCode.Protocol, $"{header.Type} is not allowed here");
        }
        else if (engine.IsListener)
        {
            OnWant(stream, payload);
        }
        else if (stream is { Dead: false })
        {
            OnSignature(stream, payload, more: (header.Flags & FrameFlags.More) != 0);
        }
    }

    private void OnWant(StreamCore? stream, ReadOnlySpan<byte> payload)
    {
        if (!NumberFrame.TryRead(payload, out ulong number))
        {
            engine.Fail(LaneCode.Protocol, "a want for a signature is malformed");
            return;
        }

        if (stream is null or { Dead: true })
        {
            return;
        }

        if (number == 0 || number > (ulong)stream.Offers.Length || stream.HeadPassed || stream.Signature.Announced || stream.Signature.Wanted)
        {
            engine.Break(stream, ResetCode.StreamProtocol, "a want for a signature came where none may be");
            return;
        }

        stream.Signature.Wanted = true;
        stream.Deliver(new StreamEvent { Kind = StreamEventKind.WantSignature, Offer = (int)number - 1 });
        engine.Signal(stream, read: true, write: false);
    }

    private void OnSignature(StreamCore stream, ReadOnlySpan<byte> payload, bool more)
    {
        SignatureTransfer signature = stream.Signature;
        if (signature.Complete || payload.IsEmpty || !(signature.Announced || signature.Wanted))
        {
            engine.Break(stream, ResetCode.StreamProtocol, "a signature came that was not announced or asked for");
        }
        else if (signature.Received + payload.Length > Limits.MaxSignature)
        {
            engine.Break(stream, ResetCode.LimitExceeded, $"a signature is longer than {Limits.MaxSignature} bytes");
        }
        else
        {
            engine.Streams.KeepSignature(stream, payload, more);
            if (!more)
            {
                engine.Signal(stream, read: true, write: false);
            }
        }
    }
}
