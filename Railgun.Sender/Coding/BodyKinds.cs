using Railgun.Protocol.Heads;
using Railgun.Sender.Origin;

namespace Railgun.Sender.Coding;

/// <summary>Tells by the heads what is to be done with a body.</summary>
internal static class BodyKinds
{
    /// <summary>The kind of the body that follows <paramref name="response"/>, after a content coding was undone.</summary>
    public static BodyKind Of(RequestHead request, ResponseHead response)
    {
        if (response.Status == StatusCodes.Status101SwitchingProtocols)
        {
            return BodyKind.Live;
        }

        if (request.Method == "HEAD" || response.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
        {
            return BodyKind.None;
        }

        ContentKind kind = ContentKinds.Of(response.Fields.First("Content-Type"));
        if (kind == ContentKind.Live)
        {
            return BodyKind.Live;
        }

        if (response.Status == StatusCodes.Status206PartialContent || IsCoded(response.Fields))
        {
            return BodyKind.AsItIs;
        }

        return kind switch
        {
            ContentKind.Packed => BodyKind.Packed,
            ContentKind.Text => BodyKind.Text,
            _ => BodyKind.Plain,
        };
    }

    private static bool IsCoded(FieldList fields) =>
        fields.First("Content-Encoding") is { } coding && !coding.AsSpan().Trim().Equals("identity", StringComparison.OrdinalIgnoreCase);
}
