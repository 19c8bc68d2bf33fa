using System.Globalization;
using Railgun.Protocol.Engine;
using Railgun.Protocol.Heads;

namespace Railgun.Listener.Rebuilding;

/// <summary>A final head as it came off the link, and the request that it answers.</summary>
/// <param name="Request">The request as it went to the sender.</param>
/// <param name="Response">The head as it came.</param>
/// <param name="Coding">How the body is coded.</param>
internal readonly record struct ReceivedHead(RequestHead Request, ResponseHead Response, BodyCoding Coding)
{
    /// <summary>Whether a body can follow (RFC 9112 section 6.3); what follows a switch of protocols counts as one.</summary>
    public bool MayHaveBody => Request.Method != "HEAD" && Response.Status is not (204 or 304);

    /// <summary>The body's length in bytes as the head announces it; 0 where no body can follow; -1 where it does not say.</summary>
    public long AnnouncedLength =>
        !MayHaveBody ? 0
        : long.TryParse(Response.Fields.First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length
        : -1;
}
