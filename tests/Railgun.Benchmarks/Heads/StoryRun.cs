using System.Diagnostics;
using Railgun.Protocol.Frames;
using Railgun.Protocol.Heads;

namespace Railgun.Benchmarks.Heads;

/// <summary>Codes a story on a lane of its own.</summary>
internal static class StoryRun
{
    private const int Early = 10;
    private const int TimedRounds = 50;

    public static StoryResult Measure(Story story)
    {
        StoryResult result = Run(story);
        for (int i = 0; i < TimedRounds; i++)
        {
            StoryResult again = Run(story);
            result.Encode = again.Encode < result.Encode ? again.Encode : result.Encode;
            result.Decode = again.Decode < result.Decode ? again.Decode : result.Decode;
        }

        return result;
    }

    private static StoryResult Run(Story story)
    {
        var result = new StoryResult();
        var encoder = new HeadEncoder(FieldTable.MaxBytes);
        var decoder = new HeadDecoder(FieldTable.MaxBytes);
        using var block = new FrameBuffer(4096);
        foreach (RequestHead head in story.Requests)
        {
            long start = Begin(block);
            encoder.Encode(block, head);
            long middle = Stopwatch.GetTimestamp();
            HeadStatus status = decoder.Decode(block.WrittenSpan, out RequestHead? read);
            End(result, block.Length, start, middle);
            Compare(status, read is not null && (read.Method, read.Scheme, read.Authority, read.Target) == (head.Method, head.Scheme, head.Authority, head.Target), read?.Fields, head.Fields);
            result.TextBytes += head.Method.Length + head.Scheme.Length + head.Authority.Length + head.Target.Length;
            AddText(result, head.Fields);
        }

        foreach (ResponseHead head in story.Responses)
        {
            long start = Begin(block);
            encoder.Encode(block, head, HeadKind.Response);
            long middle = Stopwatch.GetTimestamp();
            HeadStatus status = decoder.Decode(block.WrittenSpan, HeadKind.Response, out ResponseHead? read);
            End(result, block.Length, start, middle);
            Compare(status, read?.Status == head.Status, read?.Fields, head.Fields);
            result.TextBytes += 3;
            AddText(result, head.Fields);
        }

        return result;
    }

    private static long Begin(FrameBuffer block)
    {
        block.Clear();
        return Stopwatch.GetTimestamp();
    }

    private static void End(StoryResult result, int bytes, long start, long middle)
    {
        result.Decode += Stopwatch.GetElapsedTime(middle);
        result.Encode += Stopwatch.GetElapsedTime(start, middle);
        result.Bytes += bytes;
        if (++result.Heads > Early)
        {
            result.LaterHeads++;
            result.LaterBytes += bytes;
        }
    }

    private static void AddText(StoryResult result, FieldList fields)
    {
        foreach (HeadField field in fields)
        {
            result.TextBytes += field.Name.Length + field.Value.Length;
        }
    }

    private static void Compare(HeadStatus status, bool control, FieldList? read, FieldList sent)
    {
        if (status != HeadStatus.Done || !control || !read!.SequenceEqual(sent))
        {
            throw new InvalidOperationException($"a head did not come back: {status}");
        }
    }
}
