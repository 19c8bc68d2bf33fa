namespace Railgun.Protocol.Versions;

/// <summary>
/// Who asked, as far as the site's answer may depend on it: 16 bytes of a keyed hash of the request's credentials. Each process draws its own key
/// and computes principals itself; they never cross the link and cannot be turned back. The default value is <see cref="Anonymous"/>.
/// </summary>
/// <param name="High">The first half.</param>
/// <param name="Low">The second half.</param>
internal readonly record struct Principal(ulong High, ulong Low)
{
    /// <summary>All requests without credentials.</summary>
    public static Principal Anonymous => default;

    /// <summary>Whether there were no credentials.</summary>
    public bool IsAnonymous => (High | Low) == 0;

    /// <summary>Who is both: asks with credentials of one kind and of another.</summary>
    public Principal And(Principal other) => new(High ^ ulong.RotateLeft(other.High, 1), (Low ^ ulong.RotateLeft(other.Low, 1)) | 1);

    /// <summary>Says only whether there were credentials: logs must not let requests of one user be linked.</summary>
    public override string ToString() => IsAnonymous ? "anonymous" : "principal";
}
