namespace Hypergate.Tests.Host.Settings.Yaml;

/// <summary>Settings as variables: <c>HYPERGATE__AUDIT__RETENTION_DAYS</c>.</summary>
public sealed class EnvironmentOverlayTests : IDisposable
{
    private const string File = """
        backends:
          - { name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: t-1234567 }, deny: [DeleteVm] }
        audit: { retentionDays: 5 }
        roles: { web-team: { allow: [{ access: [read] }] } }
        """;

    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_win_over_files_and_leave_the_rest()
    {
        var reading = _folder.LoadFile(
            File,
            ("HYPERGATE__AUDIT__RETENTION_DAYS", "7"), ("hypergate__readonly", "true"), ("HYPERGATE__HTTP__HOSTS", "a.example.com, b.example.com"),
            ("HYPERGATE__BACKENDS__0__ACTIONS", "true"), ("HYPERGATE__ROLES__WEB_TEAM__CALLS_PER_MINUTE", "3"), ("HYPERGATE__AUDIT", "{ retentionMegabytes: 9 }"),
            ("HYPERGATE__OPERATION_TOOLS", "[GetVms, 12]"), ("HYPERGATE__OUTPUT__FORMAT", ""));
        var settings = reading.Settings;

        Assert.Equal((7, 9), (settings.Audit.RetentionDays, settings.Audit.RetentionMegabytes));
        Assert.True(settings.ReadOnly);
        Assert.Equal(["a.example.com", "b.example.com"], settings.Http.Hosts);
        Assert.Equal(["DeleteVm"], Assert.Single(settings.Backends).Deny);
        Assert.Equal(3, Assert.Single(settings.Roles).Value.CallsPerMinute);
        Assert.Single(settings.Roles["web-team"].Allow);
        Assert.Equal(["GetVms", "12"], settings.OperationTools);
        Assert.Contains("HYPERGATE__AUDIT__RETENTION_DAYS", reading.Parts);
        Assert.DoesNotContain("HYPERGATE__OUTPUT__FORMAT", reading.Parts);
        Assert.DoesNotContain(reading.Warnings, static warning => warning.Contains("HYPERGATE__", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HYPERGATE__AUDIT__RETENTION", "1", "HYPERGATE__AUDIT__RETENTION: there is no setting audit.retention; did you mean retentionDays?")]
    [InlineData("HYPERGATE__AUDIT__STORE", "file", "HYPERGATE__AUDIT__STORE: there is no setting audit.store")]
    [InlineData("HYPERGATE__READ_ONLY__X", "1", "HYPERGATE__READ_ONLY__X: readOnly is one value, and nothing lies below it")]
    [InlineData("HYPERGATE__BACKENDS__3__ACTIONS", "true", "HYPERGATE__BACKENDS__3__ACTIONS: backends is a list of 1: after it comes a number from 0 to 1, not 3")]
    [InlineData("HYPERGATE__BACKENDS__XO__ACTIONS", "true", "HYPERGATE__BACKENDS__XO__ACTIONS: backends is a list of 1: after it comes a number from 0 to 1, not XO")]
    [InlineData("HYPERGATE__AUDIT__RETENTION_DAYS", "week", "HYPERGATE__AUDIT__RETENTION_DAYS: audit.retentionDays must be integer, but is string \"week\"")]
    [InlineData("HYPERGATE__BACKENDS__0__URL", "ftp://x", "HYPERGATE__BACKENDS__0__URL: backends[0].url must ")]
    public void One_that_cannot_be_used_is_named(string name, string value, string message)
    {
        var refusal = _folder.RefusalOf(File, (name, value));

        Assert.StartsWith(message, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_for_one_setting_are_refused() => Assert.Equal(
        "HYPERGATE__READ_ONLY: readOnly is set by HYPERGATE__READONLY as well; keep one of them",
        _folder.RefusalOf(File, ("HYPERGATE__READONLY", "true"), ("HYPERGATE__READ_ONLY", "false")));

    [Fact]
    public void They_may_refer_to_secrets_as_files_do()
    {
        var path = _folder.Secret("token", "from-a-file\n");
        var reading = _folder.LoadFile(File, ("HYPERGATE__BACKENDS__0__AUTH__TOKEN", $"${{file:{path}}}"));

        Assert.Equal("from-a-file", Assert.Single(reading.Settings.Backends).Auth.Token!.Reveal());
        Assert.DoesNotContain("$", _folder.RefusalOf(File, ("HYPERGATE__BACKENDS__0__AUTH__TOKEN", "${env:NOT_SET}")).Replace("${env", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_a_platform_of_variables_they_need_no_file()
    {
        var reading = _folder.Load(("XO_URL", "https://xo.example.com"), ("XO_TOKEN", "t-1234567"), ("HYPERGATE__SURFACES", "search"), ("HYPERGATE__AUDIT__RETENTION_DAYS", "3"));

        Assert.Equal("https://xo.example.com/", Assert.Single(reading.Settings.Backends).Url.First.AbsoluteUri);
        Assert.Equal(3, reading.Settings.Audit.RetentionDays);
        Assert.Equal("Search", Assert.Single(reading.Settings.Surfaces!).ToString());
        Assert.Null(reading.File);
        Assert.Equal("HYPERGATE__AUDIT__RETENTION_DAYS: audit.retentionDays must be at least 0, but is -1", _folder.Refusal(("XO_URL", "https://xo.example.com"), ("XO_TOKEN", "t-1234567"), ("HYPERGATE__AUDIT__RETENTION_DAYS", "-1")));
    }

    [Fact]
    public void They_may_name_the_platforms_themselves()
    {
        var reading = _folder.Load(
            ("HYPERGATE__BACKENDS__0__NAME", "lab"), ("HYPERGATE__BACKENDS__0__KIND", "xen-orchestra"), ("HYPERGATE__BACKENDS__0__URL", "https://lab.example.com"), ("HYPERGATE__BACKENDS__0__AUTH", "{ token: t-1234567 }"));

        Assert.Equal("lab", Assert.Single(reading.Settings.Backends).Name);
    }
}
