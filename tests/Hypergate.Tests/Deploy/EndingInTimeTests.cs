using System.Globalization;
using System.Text.RegularExpressions;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Deploy;

/// <summary>Whoever deals requests out hears that a gateway ends before it does, and nobody ends it sooner.</summary>
public sealed partial class EndingInTimeTests
{
    /// <summary>What the gateway needs after the drain, at most.</summary>
    private const int RestSeconds = 3;

    private static readonly int Drain = new HttpSettings().DrainSeconds;

    [Fact]
    public void Caddy_asks_more_often_than_the_drain_is_long()
    {
        var proxy = DeployFiles.Read("compose/Caddyfile");

        Assert.True(Seconds(proxy, "health_interval ") < Drain);
        Assert.True(Seconds(proxy, "health_interval ") <= Seconds(proxy, "fail_duration "));
        Assert.DoesNotContain("\t\tlb_try_duration", proxy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compose/compose.yaml", "stop_grace_period: ")]
    [InlineData("systemd/hypergate.service", "TimeoutStopSec=")]
    public void A_service_manager_waits_for_the_end(string file, string setting) => Assert.True(Drain + RestSeconds < Seconds(DeployFiles.Read(file), setting));

    [Fact]
    public void Kubernetes_waits_for_the_end()
    {
        var pod = DeployFiles.Manifest("Deployment")["spec"]["template"]["spec"];
        var before = int.Parse(pod["containers"][0]["lifecycle"]["preStop"]["sleep"].Text("seconds"), CultureInfo.InvariantCulture);

        Assert.True(before + Drain + RestSeconds < int.Parse(pod.Text("terminationGracePeriodSeconds"), CultureInfo.InvariantCulture));
    }

    private static int Seconds(string text, string setting) => int.Parse(
        Number().Match(text, text.IndexOf($"{setting}", StringComparison.Ordinal)).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
