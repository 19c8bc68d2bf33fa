namespace Railgun.Protocol.Versions;

/// <summary>What the store's own bookkeeping takes on the managed heap, in bytes (measured on .NET 10, x64), so that a store full of small bodies keeps its bound too.</summary>
internal static class StoreCosts
{
    /// <summary>A version beside its body.</summary>
    public const long Version = 480;

    /// <summary>A use, with its share of the page's and the template's place.</summary>
    public const long Use = 600;
}
