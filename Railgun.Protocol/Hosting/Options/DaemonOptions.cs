using Railgun.Hosting.Configuration;
using Railgun.Protocol.Identity;

namespace Railgun.Hosting.Options;

/// <summary>What both daemons can be told. Each daemon derives its own options from this.</summary>
internal abstract class DaemonOptions
{
    /// <summary>
    /// The directory of this node's key and its trusted peers.
    /// <value>Default: what systemd gives (<c>STATE_DIRECTORY</c>), else <c>/var/lib/PROGRAM</c> for root, else <c>~/.local/state/PROGRAM</c>.</value>
    /// </summary>
    public string? State { get; set; }

    /// <summary>
    /// What this node suggests to be called by the other side; a <see cref="PeerName"/>.
    /// <value>Default: made from the host's name.</value>
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The link.</summary>
    public LinkOptions Link { get; set; } = new();

    /// <summary>The store of versions.</summary>
    public StoreOptions Store { get; set; } = new();

    /// <summary>The admin endpoint.</summary>
    public AdminOptions Admin { get; set; } = new();

    /// <summary>The logs.</summary>
    public LoggingOptions Logging { get; set; } = new();

    /// <summary>Names every mistake that one value alone does not show: ranges, and rules across values. Overriders call the base first.</summary>
    public virtual void Validate(Mistakes mistakes)
    {
        if (Name is not null && !PeerName.IsValid(Name))
        {
            mistakes.Add("name", $"'{Name}' can't be a name", PeerName.Rule);
        }

        Link.Validate(mistakes, "link");
        Store.Validate(mistakes, "store");
        Admin.Validate(mistakes, "admin");
    }
}
