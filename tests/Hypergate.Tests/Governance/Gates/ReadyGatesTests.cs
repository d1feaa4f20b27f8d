using Hypergate.Governance.Gates;
using Hypergate.Host.Policies;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Governance.Gates;

/// <summary>The gates of docs/gates, read as an operator's settings are, and tried as <c>hypergate gates test</c> does.</summary>
public sealed class ReadyGatesTests : IDisposable
{
    private const string Backend = "backends: [{ name: xo, kind: xen-orchestra, url: 'https://xo.example.org', auth: { token: not-a-token } }]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-gates-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("read-only", """{"operation":"StartVm"}""", null, "read-only (before): refuses: Only looking")]
    [InlineData("read-only", """{"operation":"GetVms","access":"read"}""", null, "read-only: is not for this call")]
    [InlineData("no-dangerous", """{"operation":"DeleteVm","access":"dangerous"}""", null, "refuses")]
    [InlineData("no-dangerous", """{"operation":"StartVm"}""", null, "sent: StartVm")]
    [InlineData("office-hours", """{"operation":"StartVm"}""", null, "Changes wait until 7:00.")]
    [InlineData("protect-tags", """{"operation":"PutVmTag","args":{"tag":"production"}}""", null, "managed elsewhere")]
    [InlineData("protect-tags", """{"operation":"PutVmTag","args":{"tag":"mine"}}""", null, "sent: PutVmTag")]
    [InlineData("mask-by-role", """{"operation":"GetUsers","access":"read","caller":{"name":"v","roles":["viewer"]}}""", """[{"email":"a@b.example"}]""", """answered: [{"email":"[EMAIL]"}]""")]
    [InlineData("mask-by-role", """{"operation":"GetUsers","access":"read"}""", """[{"email":"a@b.example"}]""", """answered: [{"email":"a@b.example"}]""")]
    [InlineData("hide-fields-by-role", """{"operation":"GetVm","access":"read","caller":{"name":"v","roles":["viewer"]}}""", """{"id":"1","addresses":{"0/ipv4/0":"10.0.0.1"}}""", """{"id":"1","addresses":"[REDACTED]"}""")]
    [InlineData("require-reason", """{"operation":"CreateVm","args":{"body":{"name_label":"x"}}}""", null, "Say in name_description")]
    [InlineData("max-batch", """{"operation":"GetVms","access":"read"}""", "[1,2]", "answered: [1,2]")]
    public async Task They_do_what_they_are_called(string file, string call, string? result, string told)
    {
        var gates = GateList.Of(Load(file), static (_, _, _, _) => throw new InvalidOperationException("There is no script."), new ManualTime());

        var lines = new List<string>();
        await foreach (var line in new GateTrial(gates, new ManualTime()).RunAsync(GateTrialCall.Read(call), result is null ? null : System.Text.Json.JsonElement.Parse(result), TestContext.Current.CancellationToken))
        {
            lines.Add(line.Text);
        }

        Assert.Contains(told, string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gates: [{ name: a }]", "does nothing")]
    [InlineData("gates: [{ name: a, before: { set: { memory: 1 } } }]", "arguments are written args.NAME")]
    [InlineData("gates: [{ name: a, before: { clamp: { args.memory: { min: 4, max: 2 } } } }]", "needs a min or a max")]
    [InlineData("gates: [{ name: a, after: { mask: [emails] } }]", "email")]
    [InlineData("gates: [{ name: a, after: { redact: [addresses] } }]", "redact")]
    [InlineData("gates: [{ name: a, phases: [after], after: { max_items: 1 } }]", "is for scripts")]
    [InlineData("gates: [{ name: a, before: { limit: { count: 1, window: soon } } }]", "window")]
    [InlineData("gates: [{ name: a, script: missing.js, before: { deny: no } }]", "missing.js")]
    public void A_gate_that_means_nothing_is_an_error_at_start(string gates, string told) =>
        Assert.Contains(told, Assert.Throws<SettingsException>(() => LoadText(gates)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"args":{}}""", "needs 'operation'")]
    [InlineData("""{"operation":"X","argz":{}}""", "did you mean 'args'")]
    [InlineData("""{"operation":"X","access":"none"}""", "there are read, write, admin, dangerous")]
    [InlineData("""{"operation":"X","args":[]}""", "needs an object")]
    [InlineData("[]", "takes a JSON object")]
    [InlineData("{", "is no JSON")]
    public void A_call_that_is_written_wrong_is_told_what_it_needs(string call, string told) =>
        Assert.Contains(told, Assert.Throws<SettingsException>(() => GateTrialCall.Read(call)).Message, StringComparison.Ordinal);

    private IReadOnlyList<GateSettings> Load(string file) => LoadText(File.ReadAllText(Repository.Path("docs", "gates", $"{file}.yaml")));

    private IReadOnlyList<GateSettings> LoadText(string gates)
    {
        var path = Path.Combine(_folder, "hypergate.yaml");
        File.WriteAllText(path, Backend + gates);
        return SettingsReading.Load(new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), ConfigPath = path, WorkingFolder = _folder, Home = _folder }).Settings.Gates;
    }
}
