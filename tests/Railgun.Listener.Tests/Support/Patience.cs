namespace Railgun.Listener.Tests.Support;

/// <summary>How long tests wait for what must come.</summary>
internal static class Patience
{
    /// <summary>Long enough for a machine that is busy with other things.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            Assert.That(limit.IsCancellationRequested, Is.False, $"still not: {what}");
            await Task.Delay(5);
        }
    }
}
