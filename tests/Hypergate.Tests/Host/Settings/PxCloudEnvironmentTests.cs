namespace Hypergate.Tests.Host.Settings;

public sealed class PxCloudEnvironmentTests : IDisposable
{
    private static readonly (string, string)[] Cloud = [("PXCLOUD_URL", "https://pxcloud.example.com:8443/"), ("PXCLOUD_USER", "admin"), ("PXCLOUD_PASS", "secret word")];

    private readonly SettingsFolder _folder = new();

    [Fact]
    public void Three_variables_are_a_backend_with_the_safe_defaults()
    {
        var reading = _folder.Load(Cloud);
        var backend = Assert.Single(reading.Settings.Backends);

        Assert.Equal(("pxcloud", "pxcloud", "https://pxcloud.example.com:8443/"), (backend.Name, backend.Kind, backend.Url.First.AbsoluteUri));
        Assert.Equal(("admin", "secret word"), (backend.Auth.Username, backend.Auth.Password?.Reveal()));
        Assert.True(backend.Tls.Verify);
        Assert.False(backend.DangerouslySkipTlsVerification);
        Assert.True(backend.Actions);
        Assert.False(backend.PxCloud!.AllowDelete);
        Assert.Null(backend.PxCloud.Tags);
    }

    [Fact]
    public void Where_the_package_has_another_default_that_is_told_at_the_start()
    {
        var warnings = _folder.Load(Cloud).Warnings;

        Assert.Contains(warnings, static warning => warning.StartsWith("PXCLOUD_TLS_VERIFY is not set: certificates are verified", StringComparison.Ordinal));
        Assert.Contains(warnings, static warning => warning.StartsWith("PXCLOUD_ALLOW_DELETE is not set: operations that delete are not offered", StringComparison.Ordinal));
        Assert.Empty(_folder.Load([.. Cloud, ("PXCLOUD_TLS_VERIFY", "true"), ("PXCLOUD_ALLOW_DELETE", "false")]).Warnings);
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    public void Only_the_exact_word_switches_verification_off_and_that_is_warned_of(string word, bool isOff)
    {
        var reading = _folder.Load([.. Cloud, ("PXCLOUD_TLS_VERIFY", word)]);

        Assert.Equal(isOff, reading.Settings.Backends[0].DangerouslySkipTlsVerification);
        Assert.Equal(isOff, reading.Warnings.Any(static warning => warning.Contains("certificates are not verified", StringComparison.Ordinal)));
    }

    [Fact]
    public void Deleting_tags_and_a_token_are_taken()
    {
        var backend = _folder.Load([("PXCLOUD_URL", "https://x"), ("PXCLOUD_TOKEN", "a.b.c"), ("PXCLOUD_ALLOW_DELETE", "true"), ("PXCLOUD_TOOLS", " VMs, Nodes ,")]).Settings.Backends[0];

        Assert.True(backend.PxCloud!.AllowDelete);
        Assert.Equal(["VMs", "Nodes"], backend.PxCloud.Tags!);
        Assert.Equal("a.b.c", backend.Auth.Token?.Reveal());
    }

    [Theory]
    [InlineData("PXCLOUD_PASS", "", "Set either PXCLOUD_TOKEN or both PXCLOUD_USER and PXCLOUD_PASS (PXCLOUD_PASS is missing)")]
    [InlineData("PXCLOUD_USER", "", "Set either PXCLOUD_TOKEN or both PXCLOUD_USER and PXCLOUD_PASS (PXCLOUD_USER is missing)")]
    [InlineData("PXCLOUD_URL", "pxcloud", "PXCLOUD_URL must be an http or https address such as https://xo.example.com, but is \"pxcloud\"")]
    public void A_mistake_is_told_by_the_name_of_its_variable(string variable, string value, string message) =>
        Assert.Equal(message, _folder.Refusal([.. Cloud.Where(pair => pair.Item1 != variable), (variable, value)]));

    [Fact]
    public void A_file_says_the_same()
    {
        var backend = _folder.LoadFile("""
            backends:
              - name: cloud
                kind: pxcloud
                url: https://pxcloud.example.com
                auth: { token: a.b.c }
                pxcloud: { tags: [VMs], allowDelete: true, system: true }
            """).Settings.Backends[0];

        Assert.Equal((true, true), (backend.PxCloud!.AllowDelete, backend.PxCloud.System));
        Assert.False(backend.Actions);
    }

    public void Dispose() => _folder.Dispose();
}
