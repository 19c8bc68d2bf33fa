using Railgun.Listener.Forwarding;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Railgun.Listener.Tests.Forwarding;

/// <summary>What clusters get that say nothing of it.</summary>
internal sealed class SenderClustersTests
{
    [TestCase("http://shop.railgun/", null, 3600)]
    [TestCase("http://shop.railgun/", 20, 20)]
    [TestCase("http://192.0.2.1:8080/", null, null)]
    public async Task Clusters_with_a_sender_wait_longer_than_the_library_would(string address, int? configured, int? seconds)
    {
        ClusterConfig cluster = await ConfigureAsync(new ClusterConfig
        {
            ClusterId = "c",
            Destinations = new Dictionary<string, DestinationConfig> { ["d"] = new() { Address = address } },
            HttpRequest = new ForwarderRequestConfig { AllowResponseBuffering = true, ActivityTimeout = configured is { } s ? TimeSpan.FromSeconds(s) : null },
        });
        Assert.That(cluster.HttpRequest!.ActivityTimeout?.TotalSeconds, Is.EqualTo(seconds));
        Assert.That(cluster.HttpRequest.AllowResponseBuffering, Is.True);
    }

    [TestCase(null, LiveSenders.PolicyName)]
    [TestCase("HealthyAndUnknown", "HealthyAndUnknown")]
    public async Task Clusters_that_name_no_policy_choose_among_live_senders(string? configured, string expected)
    {
        ClusterConfig cluster = await ConfigureAsync(
            new ClusterConfig { ClusterId = "c", HealthCheck = new HealthCheckConfig { AvailableDestinationsPolicy = configured } });
        Assert.That(cluster.HealthCheck!.AvailableDestinationsPolicy, Is.EqualTo(expected));
    }

    private static async Task<ClusterConfig> ConfigureAsync(ClusterConfig cluster) => await new SenderClusters().ConfigureClusterAsync(cluster, default);
}
