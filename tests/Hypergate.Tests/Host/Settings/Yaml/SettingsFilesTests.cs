using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Settings.Yaml;

/// <summary>Files of <c>conf.d</c> beside the settings file.</summary>
public sealed class SettingsFilesTests : IDisposable
{
    private const string Main = """
        backends: [{ name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: t-1234567 } }]
        audit: { retentionDays: 5 }
        """;

    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_of_all_files_stand_together()
    {
        _folder.File("conf.d/20-roles.yaml", "roles: { web: { allow: [{ access: [read] }] } }");
        _folder.File("conf.d/10-audit.yaml", "audit: { retentionMegabytes: 7 }\n# nothing else\n");
        _folder.File("conf.d/.hidden.yaml", "no: { such: key }");

        var reading = _folder.LoadFile(Main);

        Assert.Equal((5, 7), (reading.Settings.Audit.RetentionDays, reading.Settings.Audit.RetentionMegabytes));
        Assert.Contains("web", reading.Settings.Roles.Keys);
        Assert.Equal(["hypergate.yaml", "conf.d/10-audit.yaml", "conf.d/20-roles.yaml"], reading.Parts);
    }

    [Fact]
    public void The_platforms_may_stand_there_too()
    {
        _folder.File("conf.d/xo.yaml", Main);

        Assert.Equal("xo", Assert.Single(_folder.LoadFile("").Settings.Backends).Name);
    }

    [Theory]
    [InlineData("readOnly: true\naudit:\n  retentionDays: 6", "conf.d/a.yaml:3: audit.retentionDays is set in hypergate.yaml:2 as well; keep one of them")]
    [InlineData("backends: []", "conf.d/a.yaml:1: backends is set in hypergate.yaml:1 as well; keep one of them")]
    [InlineData("audit: 5", "conf.d/a.yaml:1: audit is set in hypergate.yaml:2 as well; keep one of them")]
    public void What_two_files_say_is_refused_and_both_are_named(string other, string message)
    {
        _folder.File("conf.d/a.yaml", other);

        Assert.Equal(message, _folder.RefusalOf(Main));
    }

    [Fact]
    public void A_mistake_is_told_with_its_own_file_and_line()
    {
        _folder.File("conf.d/a.yaml", "\nhttp:\n  limits: { sesions: 5 }");

        Assert.Equal("conf.d/a.yaml:3: http.limits.sesions is not a known setting; did you mean 'sessions'?", _folder.RefusalOf(Main));
    }

    [Fact]
    public void What_looks_like_a_settings_file_and_is_not_read_is_told()
    {
        _folder.File("conf.d/roles.yml", "roles: {}");

        Assert.Contains("conf.d/roles.yml is not read: the names of settings files in conf.d end in .yaml.", _folder.LoadFile(Main).Warnings);
    }

    [Fact]
    public void A_secret_that_others_may_read_is_told_of_its_own_file()
    {
        _folder.Write("conf.d/a.yaml", Main, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.Contains(_folder.LoadFile("readOnly: true").Warnings, static warning => warning.StartsWith("conf.d/a.yaml holds a password or token", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_the_state_lies_may_be_said_there()
    {
        _folder.File("conf.d/state.yaml", "state: postgres");
        _folder.File("hypergate.yaml", Main);

        Assert.Equal(StateKind.Postgres, StateInFile.Of(_folder.Sources()));
        Assert.Equal(StateKind.Embedded, StateInFile.Of(_folder.Sources(("HYPERGATE__STATE", "embedded"))));
    }
}
