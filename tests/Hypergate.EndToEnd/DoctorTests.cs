using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd;

public sealed class DoctorTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_healthy_gateway_has_no_problem()
    {
        await using var xo = await Xo.StartAsync();

        var run = await CommandRun.OfAsync(_folder, Xo.Reading(xo), "doctor", "--json");

        var findings = JsonElement.Parse(run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.True(findings.GetProperty("ok").GetBoolean(), run.Output);
        Assert.Contains(findings.GetProperty("findings").EnumerateArray(), static one => one.GetProperty("text").GetString()!.Contains("accepts connections", StringComparison.Ordinal));
        Assert.Contains(findings.GetProperty("findings").EnumerateArray(), static one => one.GetProperty("text").GetString()!.Contains("operations", StringComparison.Ordinal));
        Assert.DoesNotContain(xo.Token, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_trouble_says_what_to_do()
    {
        await using var xo = await Xo.StartAsync();

        var settings = await CommandRun.OfAsync(_folder, [], "doctor");
        var away = await CommandRun.OfAsync(_folder, [("XO_URL", $"http://127.0.0.1:{Xo.FreePort()}"), ("XO_TOKEN", "t")], "doctor");
        var name = await CommandRun.OfAsync(_folder, [("XO_URL", "https://xo.invalid"), ("XO_TOKEN", "t")], "doctor");
        var login = await CommandRun.OfAsync(_folder, [("XO_URL", Xo.Address(xo)), ("XO_TOKEN", "wrong-token")], "doctor");

        Assert.Equal((2, 2, 2, 2), (settings.ExitCode, away.ExitCode, name.ExitCode, login.ExitCode));
        Assert.Contains("XO_URL is required", settings.Output, StringComparison.Ordinal);
        Assert.Contains("ConnectionRefused", away.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be resolved", name.Output, StringComparison.Ordinal);
        Assert.Contains("check its auth in the settings", login.Output, StringComparison.Ordinal);
        Assert.All([settings, away, name, login], static run => Assert.Contains("-> ", run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_of_the_audit_that_cannot_be_written_and_an_address_for_nobody_are_found()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
            audit: { folder: ./hypergate.yaml/audit }
            http: { listen: "0.0.0.0:8420" }
            """);

        var run = await CommandRun.OfAsync(_folder, [], "doctor", "--config", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("PROBLEM  audit:", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning  serving: 0.0.0.0:8420 is reached from other machines, and there is no authentication", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_found()
    {
        await using var xo = await Xo.StartAsync();
        var file = _folder.Write("taken", "");

        var run = await CommandRun.OfAsync(_folder, [.. Xo.Reading(xo), ("HYPERGATE_DATA", file)], "doctor");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be written", run.Output, StringComparison.Ordinal);
    }
}
