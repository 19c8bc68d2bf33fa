namespace Railgun.Protocol.Engine;

/// <summary>
/// The signature of one offer on a stream. The listener announces it with the request, or is asked for it, and writes it; the sender gathers its frames.
/// What a sender gathers grows with what has come, not with what was announced.
/// </summary>
internal sealed class SignatureTransfer
{
    private byte[] _gathered = [];
    private ReadOnlyMemory<byte> _signature;
    private int _offer;
    private int _written;
    private int _length;

    /// <summary>The request says that one follows.</summary>
    public bool Announced { get; set; }

    /// <summary>The sender has asked for one.</summary>
    public bool Wanted { get; set; }

    /// <summary>Listener: whether there is something to write.</summary>
    public bool HasOutput { get; private set; }

    /// <summary>Listener: the offer's number, 1 for the first, while that was not written; 0 behind it.</summary>
    public int NumberToWrite => _written == 0 ? _offer + 1 : 0;

    /// <summary>Listener: what is still to write of the signature.</summary>
    public ReadOnlySpan<byte> Output => _signature.Span[_written..];

    /// <summary>Sender: all of it has come.</summary>
    public bool Complete { get; private set; }

    /// <summary>Sender: bytes kept, the offer's number among them.</summary>
    public int Length => _length;

    /// <summary>Sender: bytes that have come, dropped ones too.</summary>
    public int Received { get; private set; }

    /// <summary>Sender: it is not kept any more, but dropped as it comes.</summary>
    public bool Dropped { get; private set; }

    /// <summary>Begins anew, for another stream.</summary>
    public void Forget()
    {
        (_gathered, _signature, _offer, _written, _length) = ([], default, 0, 0, 0);
        (Announced, Wanted, HasOutput, Complete, Received, Dropped) = (false, false, false, false, 0, false);
    }

    /// <summary>Listener: what to write.</summary>
    public void Begin(OfferSignature signature)
    {
        (_offer, _signature, _written) = (signature.Offer, signature.Bytes, 0);
        HasOutput = true;
    }

    /// <summary>Listener: so much of the signature was written.</summary>
    public void Advance(int count)
    {
        _written += count;
        HasOutput = _written < _signature.Length;
    }

    /// <summary>Listener: what was not written is not written any more.</summary>
    public void DropOutput()
    {
        HasOutput = false;
        _signature = default;
    }

    /// <summary>Sender: takes one frame's payload; the caller has checked that it is not too long.</summary>
    public void Gather(ReadOnlySpan<byte> payload, bool more)
    {
        Complete = !more;
        Received += payload.Length;
        if (Dropped)
        {
            return;
        }

        if (_gathered.Length < _length + payload.Length)
        {
            Array.Resize(ref _gathered, Math.Min(Limits.MaxSignature, Math.Max(_length + payload.Length, 2 * _gathered.Length)));
        }

        payload.CopyTo(_gathered.AsSpan(_length));
        _length += payload.Length;
    }

    /// <summary>Sender: hands over what was gathered; empty if it was dropped. Nothing is kept from here on.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        ReadOnlyMemory<byte> gathered = _gathered.AsMemory(0, _length);
        (_gathered, _length, Dropped) = ([], 0, true);
        return gathered;
    }
}
