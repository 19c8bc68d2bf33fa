namespace Railgun.Listener.Startup;

/// <summary>In which fields the origin is told for whom the listener asks.</summary>
internal enum ForwardedFields
{
    /// <summary>In none.</summary>
    None,

    /// <summary><c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c>.</summary>
    XForwarded,

    /// <summary><c>Forwarded</c> (RFC 7239).</summary>
    Forwarded,

    /// <summary>In all of these.</summary>
    Both,
}
