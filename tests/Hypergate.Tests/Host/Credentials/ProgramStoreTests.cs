using Hypergate.Host.Credentials;
using Hypergate.Tests.Host.Settings;

namespace Hypergate.Tests.Host.Credentials;

/// <summary>Values that a program of the operator's gives: <c>${exec:NAME}</c>.</summary>
public sealed class ProgramStoreTests : IDisposable
{
    private readonly SettingsFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_told_the_name_as_json_and_gives_the_value()
    {
        var store = Store("read line; echo \"{\\\"value\\\":$(printf '%s' \"$line\" | sed 's/{\"name\":\\(.*\\)}/\\1/')}\"");

        Assert.Equal(("anna-xo", null), store.Find("anna-xo"));
    }

    [Fact]
    public void What_it_gave_is_asked_for_again_when_it_is_old_or_was_refused()
    {
        var store = Store($"echo x >> {_folder.Path}/count; echo \"{{\\\"value\\\":\\\"v$(wc -l < {_folder.Path}/count | tr -d ' ')\\\"}}\"");

        Assert.Equal("v1", store.Find("n").Value);
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("v1", store.Find("n").Value);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("v2", store.Find("n").Value);
        store.Forget("n");
        Assert.Equal("v3", store.Find("n").Value);
    }

    [Theory]
    [InlineData("echo secret-words >&2; echo secret-words; exit 3", "which has ended with code 3")]
    [InlineData("echo secret-words", "which does not answer with JSON")]
    [InlineData("echo '{\"secret-words\":1}'", "which does not answer {\"value\":…}")]
    [InlineData("echo '{\"value\":null}'", "which has no such value")]
    [InlineData("echo '{\"value\":[\"secret-words\"]}'", "which answers with a value that is no text")]
    [InlineData("head -c 100000 /dev/zero | tr '\\0' x", "which answers with more than 64 KB")]
    public void What_goes_wrong_is_told_without_a_word_of_the_program(string script, string problem)
    {
        var (value, told) = Store(script).Find("n");

        Assert.Null(value);
        Assert.Equal($"needs n of the program sh (credentials.exec), {problem}", told);
    }

    [Fact]
    public void One_that_is_not_there_is_told() =>
        Assert.Equal("needs n of the program none (credentials.exec), which cannot be started", new ProgramStore(new() { Exec = [$"{_folder.Path}/none"] }, _time).Find("n").Problem);

    [Fact]
    public void Settings_take_values_from_the_program_that_they_name()
    {
        var program = Program("echo '{\"value\":\"from-the-vault\"}'");
        _folder.File("own.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: "${exec:xo}" } }]
            credentials: { exec: [/bin/sh, {{program}}] }
            """);

        var reading = _folder.Load(("HYPERGATE_CONFIG", "own.yaml"));

        Assert.Equal("from-the-vault", Assert.Single(reading.Settings.Backends).Auth.Token!.Reveal());
        Assert.Equal(["xo"], reading.References!.ProgramNames);
    }

    [Fact]
    public void Without_a_program_the_reference_says_what_is_missing() => Assert.Equal(
        "own.yaml:1: backends[0].auth.token needs exec:xo, but no program is set that gives it: credentials.exec",
        Refusal("backends: [{ name: xo, kind: xen-orchestra, url: \"https://xo.example.com\", auth: { token: \"${exec:xo}\" } }]"));

    [Fact]
    public void A_file_that_merely_lies_in_the_working_folder_runs_nothing()
    {
        var program = Program($"touch {_folder.Path}/has-run; echo '{{\"value\":\"v\"}}'");
        var settings = $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: "TOKEN" } }]
            credentials: { exec: [/bin/sh, {{program}}] }
            """;

        Assert.Contains("runs no programs; if you trust it, name it with --config", _folder.RefusalOf(settings.Replace("TOKEN", "${exec:xo}", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("credentials.exec names a program to be run", _folder.RefusalOf(settings), StringComparison.Ordinal);
        Assert.False(File.Exists($"{_folder.Path}/has-run"));
    }

    private string Refusal(string yaml)
    {
        _folder.File("own.yaml", yaml);
        return _folder.Refusal(("HYPERGATE_CONFIG", "own.yaml"));
    }

    private ProgramStore Store(string script) => new(new() { Exec = ["/bin/sh", Program(script)] }, _time);

    private string Program(string script) => _folder.Secret("store.sh", $"#!/bin/sh\n{script}\n");
}
