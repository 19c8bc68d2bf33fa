using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>Whether the content coding of an origin that compresses although identity was asked for is undone, and what becomes of the head then.</summary>
internal static class ContentDecoding
{
    // What says something about the bytes as they were coded.
    private static readonly string[] Seals = ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Signature", "Signature-Input"];

    /// <summary>The coding to undo; <see cref="ContentCoding.None"/> where there is none or undoing it would not be sound.</summary>
    public static ContentCoding Choose(RequestHead request, ResponseHead response)
    {
        ContentCoding coding = CodingOf(response.Fields);
        bool sound = coding != ContentCoding.None
            && response.Status != StatusCodes.Status206PartialContent
            && QuestionToOrigin.MayChooseCoding(request)
            && !Lists.Contain(response.Fields, "Cache-Control", "no-transform")
            && !IsSealed(response.Fields);
        return sound ? coding : ContentCoding.None;
    }

    /// <summary>The head of the body without its coding: another representation, so its length is not known and its tag is weak.</summary>
    public static ResponseHead Rewrite(ResponseHead head)
    {
        FieldList fields = new(head.Fields.Count);
        foreach (HeadField field in head.Fields)
        {
            if (Is(field, "ETag"))
            {
                fields.Add(field.Name, WeakenedTag.Weaken(field.Value));
            }
            else if (!Is(field, "Content-Encoding") && !Is(field, "Content-Length") && !Is(field, "Accept-Ranges"))
            {
                fields.Add(field.Name, field.Value);
            }
        }

        return new ResponseHead { Status = head.Status, Fields = fields };
    }

    // Several codings one upon the other are left alone: nobody does it by intent.
    private static ContentCoding CodingOf(FieldList fields)
    {
        ContentCoding coding = ContentCoding.None;
        foreach (HeadField field in fields)
        {
            if (Is(field, "Content-Encoding"))
            {
                if (coding != ContentCoding.None)
                {
                    return ContentCoding.None;
                }

                coding = Parse(field.Value);
            }
        }

        return coding;
    }

    private static ContentCoding Parse(string value) => value.Trim().ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => ContentCoding.Gzip,
        "br" => ContentCoding.Brotli,
        "deflate" => ContentCoding.Deflate,
        _ => ContentCoding.None,
    };

    private static bool IsSealed(FieldList fields)
    {
        foreach (string seal in Seals)
        {
            if (fields.Contains(seal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(HeadField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
