using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Railgun.Hosting.Running;

/// <summary>Makes web applications that live inside a daemon instead of being the program.</summary>
internal static class WebHosting
{
    /// <summary>An empty builder on the daemon's logs, meters and clock. The content root is the program's folder: no file is watched.</summary>
    public static WebApplicationBuilder CreateBuilder(ILoggerFactory loggers, IMeterFactory meters, TimeProvider time, IConfiguration? configuration)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        if (configuration is not null)
        {
            builder.Configuration.AddConfiguration(configuration);
        }

        builder.Services.Replace(ServiceDescriptor.Singleton(loggers));
        builder.Services.Replace(ServiceDescriptor.Singleton(meters));
        builder.Services.Replace(ServiceDescriptor.Singleton(time));
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        return builder;
    }
}
