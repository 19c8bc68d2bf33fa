using System.Globalization;
using System.Text.Json;
using Railgun.Protocol.Heads;

namespace Railgun.Benchmarks.Heads;

/// <summary>The heads of one story in the order in which they were sent; either requests or responses.</summary>
internal sealed class Story
{
    public List<RequestHead> Requests { get; } = [];

    public List<ResponseHead> Responses { get; } = [];

    /// <summary>Reads a story in the way of the hpack-test-case collection; the fields whose names begin with a colon are control data.</summary>
    public static Story Read(string file)
    {
        var story = new Story();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (JsonElement head in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            story.Add(head.GetProperty("headers"));
        }

        return story;
    }

    private void Add(JsonElement lines)
    {
        Dictionary<string, string> control = [];
        var fields = new FieldList();
        foreach (JsonElement line in lines.EnumerateArray())
        {
            JsonProperty field = line.EnumerateObject().Single();
            string value = field.Value.GetString()!;
            if (field.Name.StartsWith(':') || field.Name == "host")
            {
                control[field.Name] = value;
            }
            else
            {
                fields.Add(field.Name, value);
            }
        }

        if (control.TryGetValue(":status", out string? status))
        {
            Responses.Add(new ResponseHead { Status = int.Parse(status, CultureInfo.InvariantCulture), Fields = fields });
            return;
        }

        Requests.Add(new RequestHead
        {
            Method = control[":method"],
            Scheme = control[":scheme"],
            Authority = control.GetValueOrDefault(":authority") ?? control["host"],
            Target = control[":path"],
            Fields = fields,
        });
    }
}
