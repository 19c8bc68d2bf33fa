namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A command as the fast level says it.</summary>
/// <param name="Run">New bytes before the copy.</param>
/// <param name="Length">Bytes copied.</param>
/// <param name="Kind">As <see cref="FastModel"/> numbers them.</param>
/// <param name="Address">Where the copy reads.</param>
/// <param name="ToEnd">The copy is as long as it can be.</param>
internal readonly record struct FastCommand(int Run, int Length, byte Kind, Address Address, bool ToEnd);
