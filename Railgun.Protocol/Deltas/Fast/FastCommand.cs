namespace Railgun.Protocol.Deltas.Fast;

/// <summary>A command as the fast level says it.</summary>
/// <param name="Run">New bytes before the copy.</param>
/// <param name="Length">Bytes copied.</param>
/// <param name="Address">Near kinds: the place; past: the distance less 1; far: the jump.</param>
/// <param name="Kind">As <see cref="FastModel"/> numbers them.</param>
/// <param name="Second">Far: from the second base.</param>
/// <param name="ToEnd">The copy is as long as it can be.</param>
internal readonly record struct FastCommand(int Run, int Length, int Address, byte Kind, bool Second, bool ToEnd);
