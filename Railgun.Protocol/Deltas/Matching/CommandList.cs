namespace Railgun.Protocol.Deltas.Matching;

/// <summary>The commands that make one segment, in order: what the match finder says and a format writer hears.</summary>
internal sealed class CommandList
{
    private Command[] _commands = new Command[64];
    private int _count;

    /// <summary>The commands so far.</summary>
    public ReadOnlySpan<Command> All => _commands.AsSpan(0, _count);

    /// <summary>Forgets them.</summary>
    public void Clear() => _count = 0;

    /// <summary>New bytes, then a copy.</summary>
    public void Add(in Command command)
    {
        if (_count == _commands.Length)
        {
            Array.Resize(ref _commands, 2 * _count);
        }

        _commands[_count++] = command;
    }
}
