using System.Buffers;
using Railgun.Protocol.Engine;

namespace Railgun.Listener.Rebuilding;

/// <summary>The memory of a piece that outlives the step that brought it: a segment's pooled buffer, or a payload. Its owner disposes it once.</summary>
/// <param name="Buffer">The buffer; null for none.</param>
/// <param name="Payload">The payload; may be empty.</param>
internal readonly record struct DetachedPiece(byte[]? Buffer, Payload Payload) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        if (Buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(Buffer);
        }

        Payload.Dispose();
    }
}
