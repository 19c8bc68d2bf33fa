using System.Text;
using Railgun.Listener.Clients;
using Railgun.Listener.Clients.Compression;
using Railgun.Listener.Forwarding;
using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;
using Railgun.Sender.Coding;
using Railgun.Sender.Origin;

namespace Railgun.Fuzz.Targets.Rules;

/// <summary>
/// What fields and targets say: who asks, who may share, which page, which coding, which tags. Whatever is in them, some things must hold: one more reason to keep something to oneself never makes it
/// shared, credentials never do, and what is written differently but means the same is taken for the same.
/// </summary>
internal sealed class RulesTarget : IFuzzTarget
{
    private static readonly CredentialRules Rules = new(new CredentialOptions { CredentialHeaders = ["X-Key*"] });

    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public int MaxInput => 2 * 1024;

    /// <inheritdoc/>
    public long MaxAllocated => 16 << 20;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        foreach (string text in (string[])
            ["GET /news/2024/05/a-title.html?page=2&utm_source=x a.example\nCookie: sid=1; _ga=2;b\nAccept-Encoding: gzip;q=0.5, br , *;q=0\nIf-None-Match: W/\"a-railgun\", \"b\"\n\n200\nCache-Control: max-age=0, private=\"x, y\"\nVary: Cookie, X-A\nETag: \"a\"\nContent-Type: text/html; charset=utf-8",
             "GET http://b.example/%2e%2E/x;jsessionid=A/..%2f?q b.example\nSec-Fetch-Site: cross-site\nSec-Fetch-User: ?1\nOrigin: https://b.example\nAuthorization: Bearer x\nCookie: a=1\nCookie: a=2; =3\n\n200\nCache-Control: \"no-store\\\", public\nSet-Cookie: s=1; Path=/",
             "POST /reset/AbCdEf0123456789ghIJkl0123 a.example\nReferer: http://[::1]:80/x\nX-Key-A: 1\nContent-Type: application/grpc\nConnection: close, X-Own , TE\nX-Own: 2\n\n404\nContent-Encoding: gzip, identity\nDate: Sun, 06 Nov 1994 08:49:37 GMT\nVary: *",
             "HEAD * a.example\nForwarded: for=\"[::1]\";proto=http\nX_Real_IP: 1\nRailgun_X: 2\nTE: trailers\n\n304\nSet-Cookie: _ga=1\nContent-Encoding: br\nDigest: x"])
        {
            yield return Encoding.Latin1.GetBytes(text);
        }
    }

    /// <inheritdoc/>
    public void Run(byte[] input)
    {
        var told = ToldExchange.Of(input);
        CheckPrincipal(told);
        CheckSharing(told);
        CheckTarget(told.Request.Target);
        foreach (FieldList fields in (FieldList[])[told.Request.Fields, told.Response.Fields])
        {
            CheckHops(fields);
            foreach (HeadField field in fields)
            {
                CheckValue(field);
            }
        }

        _ = ContentDecoding.Choose(told.Request, told.Response);
        _ = TemplateKey.Of(told.Request);
        FuzzFailureException.ThrowUnless(PageKey.Of(told.Request) == PageKey.Of(told.With([])), "a page has two keys");
    }

    private static void CheckPrincipal(ToldExchange told)
    {
        FieldList fields = told.Request.Fields;
        Principal who = Rules.Identify(told.Request);
        FieldList apart = [];
        foreach (HeadField field in fields)
        {
            foreach (string part in Is(field, "Cookie") ? field.Value.Split(';') : [field.Value])
            {
                apart.Add(field.Name, part);
            }
        }

        FuzzFailureException.ThrowUnless(Rules.Identify(told.With(apart)) == who, "cookies in a field each are another principal");
        FuzzFailureException.ThrowUnless(Rules.Identify(told.With(ToldExchange.And(fields, "Cookie", "_ga=9"))) == who, "a cookie that is ignored makes another principal");
        FuzzFailureException.ThrowUnless(Rules.Identify(told.With(ToldExchange.And(fields, "Cookie", "sid=9"))) != who, "a cookie makes no other principal");
        FuzzFailureException.ThrowUnless(Rules.Identify(told.With(ToldExchange.And(fields, "x-KEY", "9"))) != who, "a configured field makes no other principal");
        RequestHead elsewhere = told.With(ToldExchange.And(fields, "Sec-Fetch-Site", "cross-site"));
        FuzzFailureException.ThrowUnless(CrossSite.Suspects(elsewhere), "another site's request is believed");
        FuzzFailureException.ThrowUnless(who.IsAnonymous || Rules.PublicBasesOnly(elsewhere), "another site's request has a user's bases");
    }

    private static void CheckSharing(ToldExchange told)
    {
        Sharing sharing = Decide(told.Request, told.Response.Fields);
        bool isUser = !Rules.Identify(told.Request).IsAnonymous;
        FuzzFailureException.ThrowUnless(!isUser || sharing is Sharing.None or Sharing.Principal, "a user's answer is shared");
        FuzzFailureException.ThrowUnless(Decide(told.Request, ToldExchange.And(told.Response.Fields, "Cache-Control", "no-store")) == Sharing.None, "what must not be kept is");
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[("Cache-Control", "private"), ("Set-Cookie", "s=9"), ("Vary", "*")])
        {
            Sharing more = Decide(told.Request, ToldExchange.And(told.Response.Fields, name, value));
            FuzzFailureException.ThrowUnless(isUser ? more == sharing : more == Sharing.None, "one more reason against sharing makes it shared");
        }

        Sharing ofUser = Decide(told.With(ToldExchange.And(told.Request.Fields, "Cookie", "sid=9")), told.Response.Fields);
        FuzzFailureException.ThrowUnless(ofUser is Sharing.None or Sharing.Principal, "with one more cookie it is shared");

        Sharing Decide(RequestHead request, FieldList response) =>
            SharingPolicy.Decide(request, Rules.Identify(request), new ResponseHead { Status = told.Response.Status, Fields = response }, Rules).Sharing;
    }

    private static void CheckTarget(string target)
    {
        string raw = RawTarget.Of(target);
        FuzzFailureException.ThrowUnless(raw == target || raw.StartsWith('/'), "a target becomes what is none");
        FuzzFailureException.ThrowUnless(DotSegments.IsIn(target) == HasDots(target), "dot segments are not seen, or seen where there are none");
        Span<char> shape = stackalloc char[TargetShape.MaxLength];
        Span<char> tracked = stackalloc char[TargetShape.MaxLength];
        int length = TargetShape.Write(target, shape);
        int trackedLength = TargetShape.Write(target + (target.Contains('?', StringComparison.Ordinal) ? "&utm_x=1" : "?utm_x=1"), tracked);
        FuzzFailureException.ThrowUnless(shape[..length].SequenceEqual(tracked[..trackedLength]), "where a visitor comes from makes another template");
        _ = TargetSecrets.MayHold(target);
    }

    private static bool HasDots(string target)
    {
        string path = target.Split('?')[0].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
        path = path.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Replace("%5c", "/", StringComparison.OrdinalIgnoreCase).Replace('\\', '/');
        return path.Split('/').Any(static segment => segment.Split(';')[0] is "." or "..");
    }

    private static void CheckHops(FieldList fields)
    {
        FieldList rest = HopByHop.Without(fields);
        foreach (HeadField field in rest)
        {
            FuzzFailureException.ThrowUnless(!HopByHop.Is(field.Name) && !Lists.Contain(fields, "Connection", field.Name), "a field of the connection goes on");
        }
    }

    private static void CheckValue(HeadField field)
    {
        string value = field.Value;
        ClientCoding coding = AcceptEncoding.Choose(value);
        bool isNamed = coding == ClientCoding.Identity || value.Contains(CompressionFields.Name(coding), StringComparison.OrdinalIgnoreCase) || value.Contains('*', StringComparison.Ordinal);
        FuzzFailureException.ThrowUnless(isNamed, "a coding is chosen that nobody asked for");
        string weak = WeakenedTag.Weaken(value);
        FuzzFailureException.ThrowUnless(!WeakenedTag.IsStrong(weak), "a weakened tag is strong");
        bool isTag = WeakenedTag.IsStrong(value) && value.AsSpan(1..^1).IndexOf('"') < 0;
        FuzzFailureException.ThrowUnless(!isTag || (WeakenedTag.IsIn(weak, value) && WeakenedTag.Restore(weak) == value), "a tag does not become again what it was");
        FuzzFailureException.ThrowUnless(WeakenedTag.IsIn(value) || WeakenedTag.Restore(value) == value, "a condition is changed that holds no tag of ours");
        FuzzFailureException.ThrowUnless(!FixDate.TryRead(value, out long seconds) || FixDate.Text(seconds) == value, "a date becomes another");
        _ = CompressibleTypes.Contains(value);
        _ = ContentKinds.Of(value);
        _ = ControlFields.Is(field.Name);
    }

    private static bool Is(HeadField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
