using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>
/// What of the client's request goes to the origin (step 5): all of it, but the content coding is for this side of the link to choose. A coded
/// body hides the page from deltas, so identity is asked for; the listener compresses for the client.
/// </summary>
internal static class QuestionToOrigin
{
    private const string AcceptEncoding = "Accept-Encoding";

    /// <summary>The head to ask with; the same one where nothing is to be changed.</summary>
    public static RequestHead Of(RequestHead head)
    {
        if (!MayChooseCoding(head))
        {
            return head;
        }

        FieldList fields = new(head.Fields.Count + 1);
        foreach (HeadField field in head.Fields)
        {
            if (!field.Name.Equals(AcceptEncoding, StringComparison.OrdinalIgnoreCase))
            {
                fields.Add(field.Name, field.Value);
            }
        }

        // Said outright: a request without the field leaves the choice to the origin (RFC 9110 section 12.5.3).
        fields.Add(AcceptEncoding, "identity");
        return new RequestHead
        {
            Method = head.Method,
            Scheme = head.Scheme,
            Authority = head.Authority,
            Target = head.Target,
            Protocol = head.Protocol,
            Fields = fields,
        };
    }

    /// <summary>
    /// Whether the coding may be chosen here. A range counts bytes of the coded body that the client has the beginning of, so there the client's choice
    /// stands; likewise where it forbids transformations. Conditions are no obstacle: the entity tags that clients hold come from identity answers, and
    /// If-None-Match compares weakly.
    /// </summary>
    public static bool MayChooseCoding(RequestHead head) =>
        head.Protocol is null
        && !head.Fields.Contains("Range")
        && !head.Fields.Contains("If-Range")
        && !Lists.Contain(head.Fields, "Cache-Control", "no-transform");
}
