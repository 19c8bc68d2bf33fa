namespace Railgun.Benchmarks.Heads;

/// <summary>What one story, or several, took.</summary>
internal sealed class StoryResult
{
    public int Heads { get; set; }

    public int LaterHeads { get; set; }

    public long TextBytes { get; set; }

    public long Bytes { get; set; }

    public long LaterBytes { get; set; }

    public TimeSpan Encode { get; set; }

    public TimeSpan Decode { get; set; }

    public double BytesPerHead => (double)Bytes / Heads;

    public double BytesPerLaterHead => LaterHeads == 0 ? 0 : (double)LaterBytes / LaterHeads;

    public double EncodeMicroseconds => Encode.TotalMicroseconds / Heads;

    public double DecodeMicroseconds => Decode.TotalMicroseconds / Heads;

    public void Add(StoryResult other)
    {
        Heads += other.Heads;
        LaterHeads += other.LaterHeads;
        TextBytes += other.TextBytes;
        Bytes += other.Bytes;
        LaterBytes += other.LaterBytes;
        Encode += other.Encode;
        Decode += other.Decode;
    }
}
