using System.IO.Pipelines;
using System.Net;

namespace Railgun.EndToEnd.Transparency;

/// <summary>A body that goes out piece by piece as it is written to a pipe; the platform's own would wait for more.</summary>
internal sealed class PipedContent(PipeReader source) : HttpContent
{
    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        while (true)
        {
            ReadResult read = await source.ReadAsync();
            foreach (ReadOnlyMemory<byte> piece in read.Buffer)
            {
                await stream.WriteAsync(piece);
            }

            await stream.FlushAsync();
            source.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
