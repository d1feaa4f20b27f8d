using Hypergate.Backends;
using Hypergate.Host.Cli;
using Hypergate.Host.Cli.Setup;
using Hypergate.Host.Settings;
using Hypergate.Simulator.PxCloud;
using Hypergate.Tests.Backends.PxCloud;

namespace Hypergate.Tests.Host.Cli;

/// <summary>A certificate that nobody known has signed is a question to the person, before anything is sent.</summary>
public sealed class SetupCertificateTests
{
    [Theory]
    [InlineData("y")]
    [InlineData("YES")]
    public async Task One_that_the_person_agrees_to_is_pinned(string answer)
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { Tls = true });

        var (known, shown) = await AskAsync(cloud, answer);

        Assert.Equal(cloud.Fingerprint, known.Fingerprint);
        Assert.Contains(cloud.Fingerprint, shown, StringComparison.Ordinal);
        Assert.Empty(cloud.Requests.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n")]
    [InlineData("maybe")]
    [InlineData(null)]
    public async Task One_that_nobody_agrees_to_ends_it(string? answer)
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { Tls = true });

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => AskAsync(cloud, answer));

        Assert.Contains($"--fingerprint {cloud.Fingerprint}", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(cloud.Requests.All);
    }

    [Fact]
    public async Task A_fingerprint_that_is_not_the_servers_ends_it_without_a_question()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync(new PxCloudOptions { Tls = true });
        var other = string.Join(':', Enumerable.Repeat("AB", 32));

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => AskAsync(cloud, "y", other));

        Assert.Contains("differs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_asked_where_nothing_is_encrypted()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();

        var (known, shown) = await AskAsync(cloud, "n");

        Assert.Null(known.Fingerprint);
        Assert.Empty(shown);
    }

    private static async Task<(SetupBackend Backend, string Shown)> AskAsync(PxCloudSimulator cloud, string? answer, string? pin = null)
    {
        var shown = new StringWriter();
        var terminal = new Terminal(static () => TextWriter.Null, () => shown, () => answer);
        var sources = new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = Path.GetTempPath(), Home = Path.GetTempPath() };
        var backend = new SetupBackend { Name = "px", Kind = KindsOfSettings.Find("pxcloud")!, Url = cloud.Url, Profile = "read_only", Fingerprint = pin };
        var known = await new SetupCertificate(new SetupQuestions(terminal), terminal, sources, TimeProvider.System).KnownAsync(backend, TestContext.Current.CancellationToken);
        return (known, shown.ToString());
    }
}
