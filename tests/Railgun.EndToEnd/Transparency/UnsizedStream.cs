namespace Railgun.EndToEnd.Transparency;

/// <summary>A body whose length nobody can tell beforehand.</summary>
internal sealed class UnsizedStream(byte[] body) : MemoryStream(body, writable: false)
{
    public override bool CanSeek => false;
}
