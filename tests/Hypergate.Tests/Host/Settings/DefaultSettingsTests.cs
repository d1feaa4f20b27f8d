using Hypergate.Host.Settings;
using Hypergate.Model;

namespace Hypergate.Tests.Host.Settings;

/// <summary>Suite S25: what holds when nobody has said anything. From a file and from the environment it is the same.</summary>
[Trait("Suite", "S25")]
public sealed class DefaultSettingsTests : IDisposable
{
    private const string Shortest = """
        backends:
          - name: xo
            kind: xen-orchestra
            url: https://xo.example.com
            auth: { token: t0ken }
        """;

    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_is_safe_by_default()
    {
        var settings = _folder.Load(("XO_URL", "https://xo.example.com"), ("XO_TOKEN", "t0ken")).Settings;

        var backend = settings.Backends[0];
        Assert.False(backend.Actions);
        Assert.False(backend.Deprecated);
        Assert.True(backend.Tls.Verify);
        Assert.False(backend.DangerouslySkipTlsVerification);
        Assert.Equal((30, 10, 3600), (backend.Timeouts.RequestSeconds, backend.Timeouts.StartSeconds, backend.Timeouts.TaskSeconds));
        Assert.Equal(ConsentRule.Confirm, settings.Policy.Confirmation.Write);
        Assert.Empty(settings.Policy.Confirmation.Unconfirmed);
        Assert.True(settings.Audit.Enabled);
        Assert.Equal((null, 25_000), (settings.Output.Format, settings.Output.BudgetCharacters));
        Assert.Equal([Surface.Domains], settings.ShownSurfaces);
    }

    [Fact]
    public void A_file_that_says_no_more_than_the_environment_means_the_same()
    {
        var variables = _folder.Load(("XO_URL", "https://xo.example.com"), ("XO_TOKEN", "t0ken")).Settings;
        var file = _folder.LoadFile(Shortest).Settings;

        Assert.Equivalent(variables, file, strict: true);
    }

    [Fact]
    public void There_is_no_setting_that_makes_the_gateway_listen() =>
        Assert.DoesNotMatch("(?i)listen|port|bind", string.Join(' ', typeof(GatewaySettings).GetProperties().Select(static property => property.Name)));

    [Fact]
    public void Settings_print_without_their_secrets()
    {
        var settings = _folder.LoadFile(Shortest + "\n    proxy: http://me:swordfish@proxy:3128").Settings;

        Assert.DoesNotContain("t0ken", settings.Backends[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", settings.Backends[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("Token = ***", settings.Backends[0].ToString(), StringComparison.Ordinal);
    }
}
