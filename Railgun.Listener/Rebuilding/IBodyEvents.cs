using Railgun.Protocol.Heads;

namespace Railgun.Listener.Rebuilding;

/// <summary>Hears how the reading of one body goes.</summary>
internal interface IBodyEvents
{
    /// <summary>Nothing of the body has come with the head: the client should have the head meanwhile. Called at most once; must not throw.</summary>
    ValueTask SilentAsync();

    /// <summary>A piece of the body is given on. Must not throw.</summary>
    /// <param name="bytes">Its length, above 0.</param>
    void Given(int bytes);

    /// <summary>The whole body is here and proved; its last segment may still wait for the client. Called at most once.</summary>
    void Ended(FieldList? trailers);
}
