using Railgun.Protocol.Heads;
using Railgun.Protocol.Versions;

namespace Railgun.Protocol.Tests.Versions;

/// <summary>Short forms of heads and uses for the tests of this folder.</summary>
internal static class Requests
{
    public static RequestHead Get(string target, params string[] fields) => Make("GET", target, fields);

    public static RequestHead Make(string method, string target, params string[] fields) =>
        new() { Method = method, Scheme = "https", Authority = "shop.example", Target = target, Fields = Fields(fields) };

    public static ResponseHead Answer(params string[] fields) => new() { Status = 200, Fields = Fields(fields) };

    /// <summary>Field lines, each as <c>name: value</c>.</summary>
    public static FieldList Fields(params string[] lines)
    {
        var fields = new FieldList();
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            fields.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        return fields;
    }

    public static VersionUse Use(string target, Sharing sharing = Sharing.Public, Principal who = default)
    {
        RequestHead head = Get(target);
        return new VersionUse(PageKey.Of(head), TemplateKey.Of(head), who, sharing);
    }
}
