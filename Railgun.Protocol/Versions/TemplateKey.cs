using System.IO.Hashing;
using System.Runtime.InteropServices;
using Railgun.Protocol.Heads;

namespace Railgun.Protocol.Versions;

/// <summary>
/// What the URLs of one kind of page share. Two pages of one template are probably made by the same code of the site, so each is a base for the
/// other. A guess: a wrong one costs bytes at most. Two keys are equal if site and shape are.
/// </summary>
internal readonly record struct TemplateKey
{
    // Drawn anew by each process: nobody can choose URLs whose keys collide.
    private static readonly long Seed = BitConverter.ToInt64(KeyedHash.NewKey());

    /// <summary>A hash of the authority: versions never cross sites.</summary>
    public ulong Site { get; private init; }

    /// <summary>A hash of the target's shape.</summary>
    public ulong Shape { get; private init; }

    /// <summary>What kind of answer was expected.</summary>
    public PageKind Kind { get; private init; }

    /// <summary>The target's words.</summary>
    public UrlWords Words { get; private init; }

    /// <summary>The template of the page that <paramref name="head"/> asks for.</summary>
    /// <param name="head">The request.</param>
    /// <param name="scope">What else keeps sites apart: at a listener the name of the sender; empty where there is one only.</param>
    public static TemplateKey Of(RequestHead head, string scope = "")
    {
        Span<char> text = stackalloc char[TargetShape.MaxLength];
        int length = TargetShape.Write(head.Target, text);
        ulong site = HashLower(head.Authority, Hash(scope, Seed));
        return new TemplateKey
        {
            Site = site,
            Shape = Hash(text[..length], (long)site + (int)MethodClasses.Of(head.Method)),
            Kind = PageKinds.Of(head),
            Words = UrlWords.Of(head.Target),
        };
    }

    /// <inheritdoc/>
    public bool Equals(TemplateKey other) => Site == other.Site && Shape == other.Shape;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Site, Shape);

    private static ulong Hash(ReadOnlySpan<char> text, long seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text), seed);

    private static ulong HashLower(ReadOnlySpan<char> text, ulong seed)
    {
        Span<char> lower = stackalloc char[256]; // host names have 253 chars at most (RFC 1035)
        int length = text[..Math.Min(text.Length, lower.Length)].ToLowerInvariant(lower);
        return Hash(lower[..length], (long)seed);
    }
}
