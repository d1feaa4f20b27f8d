using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Backends;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Tools;

/// <summary>The names of the public DADL file of Xen Orchestra, used on a backend that knows only the platform's own description.</summary>
public sealed class RegistryNamesTests
{
    // Where an example asks for what Xen Orchestra does not take or what is not there; the file as a backend of its own fares no better.
    private static readonly Dictionary<string, string> FaultsOfExamples = new(StringComparer.Ordinal)
    {
        ["Create and start a VM"] = "no such VM-template",
        ["Attach disk to running VM"] = "'body.virtual_size' is required",
        ["Host maintenance"] = "evacuate",
        ["Hardware intervention: maintenance mode that survives a reboot (XO 6.7+)"] = "evacuate",
        ["Validate a backup repository before trusting it (XO 6.6+)"] = "'wait' must be boolean",
        ["Rolling pool update"] = "'wait' must be boolean",
        ["Register an NFS backup repository (XO 6.6+)"] = "enabled",
        ["Lock down a VIF to a single IP (XO 6.6+)"] = "ipv4Allowed",
        ["Provision RBAC v2 read-only operator role (XO 6.4+)"] = "effect",
        ["Add a new XCP-ng pool to XO"] = "ECONNREFUSED",
        ["Trigger a scheduled backup manually"] = "cannot read property 'id' of undefined",

        // Assistants are denied this one by the platform's own description.
        ["Reboot a host that has non-migratable VMs"] = "There is no operation 'smart_reboot_host'",
    };

    private static readonly GatewayWish Wish = new() { Actions = true, Surfaces = [Surface.Search, Surface.Code, Surface.Domains] };
    private static readonly Conversation Agreeing = new(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "test")));

    public static TheoryData<string, string> Examples => [.. JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "dadl-code", "examples.json"))).RootElement.EnumerateArray()
        .Where(static example => example.GetProperty("from").GetString() == "xen-orchestra.dadl")
        .Select(static example => (example.GetProperty("name").GetString()!, example.GetProperty("code").GetString()!))];

    [Fact]
    public async Task Each_name_means_the_request_that_the_file_tells_of()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish);
        var names = XenOrchestraKind.Kind.RegistryNames!.Value.All;
        var shown = new List<string>();
        foreach (var operation in gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations)
        {
            shown.AddRange((await gateway.CallAsync("describe_operation", $$"""{"operation":"{{operation.Name}}"}""")).IsError ? [] : [$"{operation.Method} {operation.Path}"]);
        }

        var (faults, found) = (new List<string>(), 0);
        foreach (var known in names)
        {
            var described = await gateway.CallAsync("describe_operation", $$"""{"operation":"{{known.Name}}"}""");
            var request = described.Structured?.Value.GetProperty("request").GetString();
            found += request is null ? 0 : 1;
            if (request is null ? shown.Exists(one => IsLike($"{known.Method} {known.Path}", one)) : !IsLike($"{known.Method} {known.Path}", request))
            {
                faults.Add($"{known}: {described.Text}");
            }
        }

        // The rest is what assistants are denied, files that leave the site, and the calls of a plugin.
        Assert.Equal((267, 238), (names.Count, found));
        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_examples_of_the_file_run_as_they_stand(string name, string code)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish);

        var answer = await gateway.RunAsync(code, conversation: Agreeing);

        var faults = FaultsOfExamples.GetValueOrDefault(name, "no such object");
        Assert.True(answer.ErrorCode is null or "not_found" || answer.GetProperty("error").GetProperty("message").GetString()!.Contains(faults, StringComparison.Ordinal), $"{name}: {answer.GetRawText()}");
        Assert.NotEqual(0, answer.Count("calls"));
    }

    [Theory]
    [InlineData("api.list_vms({ limit: 2, ndjson: true })")]
    [InlineData("api.xo.list_vms({ limit: 2 })")]
    [InlineData("toolmesh.xen_orchestra_list_vms({ limit: 2 })")]
    [InlineData("toolmesh.xo_list_vms({ limit: 2 })")]
    public async Task Scripts_name_an_operation_as_they_do_elsewhere(string call)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish);

        var answer = await gateway.RunAsync($"return (await {call}).length");

        Assert.Equal("2", answer.Result);
    }

    [Fact]
    public async Task Arguments_of_the_file_are_the_operations_own()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish);
        var vm = await gateway.VmAsync("Halted");

        var got = await gateway.RunAsync($"const own = await api.GetVm({{ id: '{vm}' }}); const file = await api.get_vm({{ uuid: '{vm}' }}); return own.name_label === file.name_label && file.uuid === '{vm}'");
        var renamed = await gateway.ConfirmedAsync("call_operation", $$"""{"operation":"update_vm","arguments":{"uuid":"{{vm}}","nameLabel":"named by the file"} }""");
        var started = await gateway.RunAsync($"const task = await api.start_vm({{ uuid: '{vm}', sync: true }}); return (await api.get_task({{ id: task.id }})).status", conversation: Agreeing);

        Assert.Equal("true", got.Result);
        Assert.False(renamed.IsError, renamed.Text);
        Assert.Equal("\"success\"", started.Result);
        Assert.Equal("\"named by the file\"", (await gateway.RunAsync($"return (await api.GetVm({{ id: '{vm}' }})).name_label")).Result);
    }

    [Fact]
    public void What_a_path_says_by_itself_is_an_argument()
    {
        var fit = new RegistryName("export_vm_xva", "GET", "/vms/{uuid}.xva").Fit(Of("GET", "/vms/{id}.{format}"))!;

        Assert.Equal(("id", "xva"), (fit.Renamed["uuid"], fit.Fixed["format"]));
        Assert.Null(new RegistryName("get_vm_stats", "GET", "/vms/stats").Fit(Of("GET", "/vms/{id}")));
        Assert.Null(new RegistryName("get_vm", "GET", "/vms/{uuid}").Fit(Of("DELETE", "/vms/{id}")));
    }

    [Fact]
    public async Task An_operation_that_callers_may_not_see_has_no_other_name_either()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish with { Backend = static backend => backend with { Deny = ["GetPoolMissingPatches", "GetAlarms"] } });

        var hidden = await gateway.CallAsync("call_operation", """{"operation":"list_alarms"}""");
        var missing = await gateway.CallAsync("call_operation", """{"operation":"list_alarmz"}""");

        Assert.True(hidden.IsError);
        Assert.Equal(missing.Text.Replace("alarmz", "alarms", StringComparison.Ordinal), hidden.Text);
    }

    [Fact]
    public async Task A_name_that_two_platforms_have_is_ambiguous()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish with { Backends = 2 });

        var both = await gateway.RunAsync("return await api.list_vms()");
        var one = await gateway.RunAsync("return (await api.xo2.list_vms({ limit: 3 })).length");

        Assert.Equal("ambiguous_name", both.ErrorCode);
        Assert.Equal("3", one.Result);
    }

    [Fact]
    public async Task The_names_are_shown_nowhere()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Wish);

        var listed = await gateway.DoneAsync("list_tools", """{"names":["list_vms"]}""");
        var found = await gateway.DoneAsync("search_operations", """{"query":"list_vms"}""");

        Assert.Contains("GetVms(", listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("list_vms", listed.Text + found.Text, StringComparison.Ordinal);
        Assert.All(gateway.Gateway.Parts.Catalog.Current.Find("xo")!.Operations, static operation => Assert.Empty(operation.OtherNames));
    }

    private static Operation Of(string method, string path) => new() { Name = "x", DeclaredName = "x", Domain = "vms", Title = "x", Method = method, Path = path, Access = Access.Read };

    // The same but for the names of placeholders; what stands behind a dot may be one.
    private static bool IsLike(string known, string request)
    {
        var any = Regex.Replace(Regex.Escape(request), @"\\\{[^}]*\}", "[^/.]+", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Regex.IsMatch(known, $"^{any}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }
}
