using Microsoft.Extensions.Hosting;

namespace Railgun.Hosting.Running;

/// <summary>The lifetime of a web application that is a part of a daemon: the daemon hears the signals, so this one hears none.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
