using System.Diagnostics.Metrics;
using System.Text;
using Railgun.Hosting.Metrics;

namespace Railgun.Hosting.Tests.Metrics;

internal sealed class PrometheusTextTests
{
    private Meter _meter = null!;
    private MetricCollector _collector = null!;

    [SetUp]
    public void MakeMeter()
    {
        _meter = new Meter($"Test.{TestContext.CurrentContext.Test.ID}");
        _collector = new MetricCollector(meter => meter.Name == _meter.Name);
    }

    [TearDown]
    public void DisposeMeter()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Test]
    public void A_counter_ends_in_total_after_its_unit()
    {
        Counter<long> bytes = _meter.CreateCounter<long>("a.body", "By", "Bytes\nof \\ bodies.");
        bytes.Add(3, new KeyValuePair<string, object?>("peer", "a\"b\\c\nd"));
        bytes.Add(4, new KeyValuePair<string, object?>("peer", "a\"b\\c\nd"));
        bytes.Add(1);
        Assert.That(Text(), Is.EqualTo("""
            # HELP a_body_bytes_total Bytes\nof \\ bodies.
            # TYPE a_body_bytes_total counter
            a_body_bytes_total{peer="a\"b\\c\nd"} 7
            a_body_bytes_total 1

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_histogram_counts_cumulatively_up_to_infinity()
    {
        Histogram<double> time = _meter.CreateHistogram("a.time", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (double value in new[] { 0.05, 0.1, 0.5, 2 })
        {
            time.Record(value, new KeyValuePair<string, object?>("k", "v"));
        }

        Assert.That(Text(), Is.EqualTo("""
            # TYPE a_time_seconds histogram
            a_time_seconds_bucket{k="v",le="0.1"} 2
            a_time_seconds_bucket{k="v",le="1"} 3
            a_time_seconds_bucket{k="v",le="+Inf"} 4
            a_time_seconds_sum{k="v"} 2.65
            a_time_seconds_count{k="v"} 4

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Gauges_go_up_and_down_and_tags_are_sorted()
    {
        _meter.CreateUpDownCounter<int>("a.active").Add(5, new("z", 1), new("b", true));
        UpDownCounter<int> same = _meter.CreateUpDownCounter<int>("b.active");
        same.Add(5);
        same.Add(-2);
        _meter.CreateGauge<double>("c.share", "1").Record(0.25);
        Assert.That(Text(), Is.EqualTo("""
            # TYPE a_active gauge
            a_active{b="true",z="1"} 5
            # TYPE b_active gauge
            b_active 3
            # TYPE c_share_ratio gauge
            c_share_ratio 0.25

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void What_is_observed_no_longer_is_gone()
    {
        var peers = new List<string> { "one", "two" };
        _meter.CreateObservableCounter("a.bytes", () => peers.Select(peer => new Measurement<long>(7, new KeyValuePair<string, object?>("peer", peer))), "By");
        Assert.That(Text(), Does.Contain("{peer=\"one\"} 7\n").And.Contain("{peer=\"two\"} 7\n"));
        peers.Remove("one");
        Assert.That(Text(), Does.Not.Contain("one").And.Contain("a_bytes_total{peer=\"two\"} 7\n"), "observed sums are taken as they are");
        peers.Clear();
        Assert.That(Text(), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    public void Too_many_sets_of_tags_flow_into_one(int beyond)
    {
        Counter<long> counter = _meter.CreateCounter<long>("a");
        for (int i = 0; i < InstrumentValues.MaxSeries + beyond; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("path", i));
        }

        string text = Text();
        Assert.That(text, beyond == 0 ? Does.Not.Contain("overflow") : Does.Contain($"a_total{{overflow=\"true\"}} {beyond}\n"));
        Assert.That(text.Split('\n'), Has.Length.EqualTo(InstrumentValues.MaxSeries + Math.Min(beyond, 1) + 2));
    }

    [Test]
    public void A_failing_observation_spoils_only_itself()
    {
        _meter.CreateObservableGauge("a.bad", int () => throw new InvalidOperationException());
        _meter.CreateGauge<int>("b.good").Record(1);
        Assert.That(Text(), Does.Contain("b_good 1\n").And.Not.Contain("a_bad"));
    }

    [Test]
    public void Names_and_labels_are_made_of_what_Prometheus_takes()
    {
        _meter.CreateGauge<int>("9a-b/c").Record(1, new KeyValuePair<string, object?>("x.y-z", null));
        Assert.That(Text(), Does.Contain("_9a_b_c{x_y_z=\"\"} 1\n"));
    }

    private string Text() => Encoding.UTF8.GetString(PrometheusText.Format(_collector.Collect()));
}
