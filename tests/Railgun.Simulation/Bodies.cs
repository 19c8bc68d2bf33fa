namespace Railgun.Simulation;

/// <summary>What the origin answers, decided by page and version alone, so that a checker can say what a body must be.</summary>
internal static class Bodies
{
    public static byte[] Of(int page, int version, int size)
    {
        byte[] body = new byte[size];
        new Random(page).NextBytes(body);
        var changes = new Random((page * 7919) + (version * 104_729) + 77);
        for (int i = 0; i < 3 && size > 0; i++)
        {
            body[changes.Next(size)] = (byte)changes.Next(256);
        }

        return body;
    }
}
