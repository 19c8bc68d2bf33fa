using System.CommandLine;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Commands;

/// <summary><c>trust</c>: adds, lists and removes trusted peers; a daemon that runs on the same state directory notices.</summary>
internal sealed class TrustCommand
{
    private readonly Argument<string?> _fingerprint = new("FINGERPRINT")
    {
        Description = "The other side's key, as its 'identity' prints it",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "What the peer is called here: a-z, 0-9 and '-'" };
    private readonly Option<bool> _list = new("--list") { Description = "List the trusted peers" };
    private readonly Option<string?> _remove = new("--remove") { HelpName = "NAME", Description = "Trust this peer no longer: its lanes are closed" };
    private readonly Func<ParseResult, string> _stateOf;
    private readonly TextWriter _output;
    private readonly TextWriter _error;

    private TrustCommand(Func<ParseResult, string> stateOf, TextWriter output, TextWriter error)
    {
        _stateOf = stateOf;
        _output = output;
        _error = error;
    }

    /// <summary>Makes the command.</summary>
    public static Command Build(FlagSet flags, Func<ParseResult, string> stateOf, TextWriter output, TextWriter error)
    {
        var trust = new TrustCommand(stateOf, output, error);
        var command = new Command("trust", "Let a peer link with this node: trust FINGERPRINT --name NAME. Takes effect at once.") { trust._fingerprint, trust._name, trust._list, trust._remove };
        flags.AddTo(command, CommonFlags.State);
        command.SetAction(trust.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var peers = TrustedPeers.In(_stateOf(parsed));
        string? fingerprint = parsed.GetValue(_fingerprint);
        string? remove = parsed.GetValue(_remove);
        try
        {
            return (fingerprint, remove, parsed.GetValue(_list)) switch
            {
                (not null, null, false) => Add(peers, fingerprint, parsed.GetValue(_name)),
                (null, not null, false) => Remove(peers, remove),
                (null, null, true) => List(peers),
                _ => Mistake("Write: trust FINGERPRINT --name NAME, or trust --list, or trust --remove NAME."),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _error.WriteLine($"The trusted peers in {peers.Path} can't be changed: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private int Add(TrustedPeers peers, string text, string? name)
    {
        if (!Fingerprint.TryParse(text, out Fingerprint fingerprint))
        {
            return Mistake($"'{text}' is not a fingerprint: it is {Fingerprint.Prefix} and 43 characters. Run 'identity' on the other side.");
        }

        if (name is null || !PeerName.IsValid(name))
        {
            return Mistake(name is null ? "Say what to call it: --name NAME." : $"'{name}' can't be a name: {PeerName.Rule}.");
        }

        switch (peers.Add(fingerprint, name))
        {
            case TrustResult.Added:
                _output.WriteLine($"{name} is trusted: {fingerprint}");
                return ExitCode.Success;
            case TrustResult.AlreadyTrusted:
                _output.WriteLine($"{name} was trusted already: {fingerprint}");
                return ExitCode.Success;
            case TrustResult.NameTaken:
                _error.WriteLine($"{name} is another peer. Choose another name, or first run: trust --remove {name}");
                return ExitCode.Failure;
            default:
                _error.WriteLine($"This peer is trusted under another name; see trust --list.");
                return ExitCode.Failure;
        }
    }

    private int Remove(TrustedPeers peers, string name)
    {
        if (!peers.Remove(name))
        {
            _error.WriteLine($"Nobody is called {name}; see trust --list.");
            return ExitCode.Failure;
        }

        _output.WriteLine($"{name} is trusted no longer.");
        return ExitCode.Success;
    }

    private int List(TrustedPeers peers)
    {
        IReadOnlyList<string> problems = [];
        peers.Changed += change => problems = change.Problems;
        IReadOnlyList<TrustedPeer> all = peers.All;
        foreach (TrustedPeer peer in all)
        {
            _output.WriteLine($"{peer.Name} {peer.Fingerprint}");
        }

        foreach (string problem in problems)
        {
            _error.WriteLine($"{peers.Path}, {problem}");
        }

        if (all.Count == 0)
        {
            _error.WriteLine("Nobody is trusted yet.");
        }

        return problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private int Mistake(string what)
    {
        _error.WriteLine(what);
        return ExitCode.Mistake;
    }
}
