namespace Hypergate.Tests.Host.Settings;

public sealed class SettingsLocationTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_nearest_to_the_call_holds_alone()
    {
        (string, string)[] environment = [("XO_URL", "https://env"), ("XO_TOKEN", "t")];
        Assert.Equal("env", HostOf(_folder, environment));

        Write("home/.config/hypergate/hypergate.yaml", "home");
        Assert.Equal("home", HostOf(_folder, environment));

        Write("xdg/hypergate/hypergate.yaml", "xdg");
        environment = [.. environment, ("XDG_CONFIG_HOME", Path.Combine(_folder.Path, "xdg"))];
        Assert.Equal("xdg", HostOf(_folder, environment));

        Write("hypergate.yaml", "here");
        Assert.Equal("here", HostOf(_folder, environment));

        Write("variable.yaml", "variable");
        environment = [.. environment, ("HYPERGATE_CONFIG", "variable.yaml")];
        Assert.Equal("variable", HostOf(_folder, environment));

        using var called = new SettingsFolder { ConfigPath = Write("option.yaml", "option") };
        Assert.Equal("option", HostOf(called, environment));
    }

    [Fact]
    public void A_relative_folder_of_configurations_is_ignored_as_its_specification_says()
    {
        Write("home/.config/hypergate/hypergate.yaml", "home");

        Assert.Equal("home", HostOf(_folder, ("XDG_CONFIG_HOME", "xdg")));
    }

    [Fact]
    public void A_file_that_was_asked_for_must_be_there()
    {
        using var missing = new SettingsFolder { ConfigPath = "missing.yaml" };
        using var folder = new SettingsFolder { ConfigPath = "." };

        Assert.Equal("--config: there is no settings file missing.yaml", missing.Refusal(("XO_URL", "https://env"), ("XO_TOKEN", "t")));
        Assert.Equal("--config: . is a folder, not a settings file", folder.Refusal());
        Assert.Equal("HYPERGATE_CONFIG: there is no settings file gone.yaml", _folder.Refusal(("HYPERGATE_CONFIG", "gone.yaml")));
    }

    [Fact]
    public void Messages_call_a_file_as_the_person_did()
    {
        Write("hypergate.yaml", "here", "surprise: 1");
        Assert.StartsWith("hypergate.yaml:5: surprise ", _folder.Refusal(), StringComparison.Ordinal);

        Write("./etc/other.yaml", "other", "surprise: 1");
        Assert.StartsWith("./etc/other.yaml:5: surprise ", _folder.Refusal(("HYPERGATE_CONFIG", "./etc/other.yaml")), StringComparison.Ordinal);

        File.Delete(Path.Combine(_folder.Path, "hypergate.yaml"));
        var own = Write("home/.config/hypergate/hypergate.yaml", "home", "surprise: 1");
        Assert.StartsWith($"{own}:5: surprise ", _folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reading_says_which_file_it_was()
    {
        var path = Write("hypergate.yaml", "here");

        Assert.Equal(path, _folder.Load().File);
    }

    private string Write(string name, string host, string more = "") =>
        _folder.File(name, $"backends:\n  - {{ name: xo, kind: xen-orchestra, auth: {{ token: t }},\n      url: \"https://{host}\" }}\n\n{more}\n");

    private static string HostOf(SettingsFolder folder, params (string, string)[] environment) => folder.Load(environment).Settings.Backends[0].Url.First.Host;
}
