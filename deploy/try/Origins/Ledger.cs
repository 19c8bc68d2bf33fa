namespace Railgun.Try.Origins;

/// <summary>Remembers what the origin sent last for each target, while it records.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, Delivery> _last = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Whether deliveries are remembered; off once nobody compares any more.</summary>
    public bool IsRecording { get; set; } = true;

    /// <summary>Forgets the target's last delivery, so that the next one is not mixed up with it.</summary>
    public void Forget(string target)
    {
        lock (_lock)
        {
            _last.Remove(target);
        }
    }

    /// <summary>What was sent last for the target, or null.</summary>
    public Delivery? Last(string target)
    {
        lock (_lock)
        {
            return _last.GetValueOrDefault(target);
        }
    }

    /// <summary>Records around the rest of an application.</summary>
    public void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        if (IsRecording)
        {
            var delivery = new Delivery();
            context.Response.Body = new RecordingStream(context.Response, context.Response.Body, delivery);
            lock (_lock)
            {
                _last[context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent()] = delivery;
            }
        }

        await next(context);
    });
}
