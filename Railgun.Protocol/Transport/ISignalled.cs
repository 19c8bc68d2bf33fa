namespace Railgun.Protocol.Transport;

/// <summary>A driver of a stream that wants to know when there is something to read or room to write.</summary>
internal interface ISignalled
{
    /// <summary>Called outside the lane's lock; must not block.</summary>
    void Signal(bool readable, bool writable);
}
