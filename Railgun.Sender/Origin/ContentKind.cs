namespace Railgun.Sender.Origin;

/// <summary>What a content type says about a body.</summary>
internal enum ContentKind
{
    /// <summary>Not known: worth a trial.</summary>
    Plain,

    /// <summary>Text, whatever the bytes.</summary>
    Text,

    /// <summary>Packed already: images, sound, video, archives, fonts.</summary>
    Packed,

    /// <summary>Told as it happens: event streams, gRPC, pictures that replace each other. Each byte matters at once.</summary>
    Live,
}
