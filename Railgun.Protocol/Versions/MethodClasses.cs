namespace Railgun.Protocol.Versions;

/// <summary>The class of each method.</summary>
internal static class MethodClasses
{
    /// <summary>The class of <paramref name="method"/>, which is compared with regard to case (RFC 9110 section 9.1).</summary>
    public static MethodClass Of(string method) => method is "GET" or "HEAD" ? MethodClass.Read : MethodClass.Act;
}
