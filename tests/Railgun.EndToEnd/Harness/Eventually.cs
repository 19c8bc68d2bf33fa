namespace Railgun.EndToEnd.Harness;

/// <summary>Waits for what has to come true by itself.</summary>
internal static class Eventually
{
    /// <summary>Looks every 20 ms, for 30 s at most.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        for (int look = 0; look < 1500; look++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail($"Did not come true: {what}.");
    }
}
