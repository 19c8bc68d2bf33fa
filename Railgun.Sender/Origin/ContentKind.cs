namespace Railgun.Sender.Origin;

/// <summary>What a content type says about a body.</summary>
internal enum ContentKind
{
    /// <summary>Text, or not known: worth a trial.</summary>
    Plain,

    /// <summary>Packed already: images, sound, video, archives, fonts.</summary>
    Packed,

    /// <summary>Told as it happens: event streams, gRPC, pictures that replace each other. Each byte matters at once.</summary>
    Live,
}
