using Railgun.Hosting.Admin;

namespace Railgun.Hosting.Tests.Admin;

internal sealed class ReadinessTests
{
    [TestCase(true, false, true, false, ExpectedResult = true)]
    [TestCase(true, false, true, true, ExpectedResult = true)]
    [TestCase(true, false, false, true, ExpectedResult = true)]
    [TestCase(true, false, false, false, ExpectedResult = false)]
    [TestCase(false, false, true, true, ExpectedResult = false)]
    [TestCase(true, true, true, true, ExpectedResult = false)]
    public bool Ready_is_a_live_lane_or_a_fallback_unless_starting_or_draining(bool started, bool draining, bool liveLane, bool fallback) =>
        Readiness.Decide(started, draining, liveLane, fallback).Ready;
}
