namespace Railgun.Protocol.Transport;

/// <summary>A signal taken from the engine, to be given to its driver outside the lock.</summary>
internal readonly record struct StreamSignal(ISignalled Driver, bool Readable, bool Writable);
