using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Suite S14: what the settings call a secret leaves in no answer and no record, from the moment that they hold.</summary>
[Trait("Suite", "S14")]
[Trait("Rule", "R-SECRET")]
public sealed class OwnSecretsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fields_and_patterns_of_changed_settings_hide_at_once()
    {
        await using var xo = await Xo.StartAsync();
        Settings(xo, "");
        await using var program = await ServedProgram.StartReadyAsync(_folder, []);
        var before = await VmAsync(program);
        Assert.Contains("name_label", before, StringComparison.Ordinal);
        var name = System.Text.Json.JsonElement.Parse(before).GetProperty("name_label").GetString()!;

        Settings(xo, $$"""redaction: { secretFields: [power_state], extraNames: [label], extraPatterns: ["{{System.Text.RegularExpressions.Regex.Escape(name).Replace("\\", "\\\\", StringComparison.Ordinal)}}"] }""");
        await Until.TrueAsync(async () => (await VmAsync(program)).Contains("\"power_state\":\"[REDACTED]\"", StringComparison.Ordinal));

        Assert.DoesNotContain(name, await VmAsync(program), StringComparison.Ordinal);
        await program.CallAsync("vms_query", $$"""{"operation":"GetVms","filter":"name_label:{{name}}","limit":1}""");
        await program.StopAsync();
        var records = (await CommandRun.OfAsync(_folder, [], "audit", "export")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("***", records[^2], StringComparison.Ordinal);
        Assert.DoesNotContain(name, records[^2], StringComparison.Ordinal);
    }

    private static async Task<string> VmAsync(ServedProgram program) =>
        (await program.CallAsync("vms_query", """{"operation":"GetVms","fields":"name_label,power_state","limit":1}""")).Message.Data.GetProperty("rows")[0].GetRawText();

    private void Settings(Hypergate.Simulator.XenOrchestra.XoSimulator xo, string more) => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" } }]
        {{more}}
        """);
}
