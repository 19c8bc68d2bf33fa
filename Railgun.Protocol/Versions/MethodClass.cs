namespace Railgun.Protocol.Versions;

/// <summary>What a method asks for, as far as it tells pages apart.</summary>
internal enum MethodClass : byte
{
    /// <summary>The page itself: GET and HEAD.</summary>
    Read = 0,

    /// <summary>An answer that depends on the request's body, or that comes of a change: every other method.</summary>
    Act = 1,
}
