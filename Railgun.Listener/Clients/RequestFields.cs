using Microsoft.Extensions.Primitives;

namespace Railgun.Listener.Clients;

/// <summary>One look at all fields of a client's request, and what follows from it: walking through Kestrel's fields takes memory each time. Step 1 of a request's life.</summary>
/// <param name="told">Whose word about clients counts.</param>
internal sealed class RequestFields(ProxyFields told)
{
    /// <summary>
    /// Looks for fields that two parsers could read differently, and takes those away that are not believed: <see cref="ControlFields"/>, <see cref="ProxyFields"/>, and what <c>Connection</c> names.
    /// </summary>
    /// <returns>What is wrong; null if nothing is.</returns>
    public string? Sweep(HttpContext http)
    {
        IHeaderDictionary fields = http.Request.Headers;
        bool isHttp2 = HttpProtocol.IsHttp2(http.Request.Protocol);
        string? problem = null;
        List<string>? taken = null;
        foreach (KeyValuePair<string, StringValues> field in fields)
        {
            problem ??= AmbiguousRequest.ProblemOfField(field.Key, field.Value, isHttp2);
            if (ControlFields.Is(field.Key) || (ProxyFields.IsTold(field.Key) && !told.Believes(http)))
            {
                (taken ??= []).Add(field.Key);
            }
        }

        problem ??= AmbiguousRequest.ProblemOfFraming(http.Request);
        OwnLength.Unmark(fields);
        foreach (string name in taken ?? [])
        {
            fields.Remove(name);
        }

        NominatedFields.Strip(fields);
        return problem;
    }
}
