namespace Railgun.Try.Processes;

/// <summary>What a child process wrote, line by line: the newest lines are kept for a look when something goes wrong.</summary>
/// <param name="capacity">How many lines are kept; older ones are dropped.</param>
internal sealed class ChildLog(int capacity = 2000)
{
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    /// <summary>Called with each line as it comes, on the reading thread.</summary>
    public event Action<string>? LineAdded;

    /// <summary>The lines kept, oldest first.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The text of the newest lines, indented.</summary>
    public string Tail(int count = 40) =>
        string.Join('\n', Lines.TakeLast(count).Select(line => "    " + line));

    /// <summary>Takes in a line; null is the end of the stream.</summary>
    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_lines.Count == capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }

        LineAdded?.Invoke(line);
    }
}
