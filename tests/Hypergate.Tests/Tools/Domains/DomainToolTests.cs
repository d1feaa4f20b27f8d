using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Tools.Domains;

/// <summary>Which tools there are, what they are called and what they say of themselves.</summary>
public sealed partial class DomainToolTests(ReadingGateway reading) : IClassFixture<ReadingGateway>
{
    // The domains of the reference server without events; backup and restore hold deprecated operations alone.
    private static readonly string[] QueryDomains =
    [
        "acl_privileges", "acl_roles", "alarms", "backup_archives", "backup_jobs", "backup_logs", "backup_repositories", "dashboard",
        "groups", "gui_routes", "hosts", "messages", "networks", "pbds", "pcis", "pgpus", "pifs", "ping", "pools", "proxies",
        "restore_logs", "schedules", "servers", "sms", "srs", "tasks", "users", "vbds", "vdi_snapshots", "vdis", "vifs",
        "vm_controllers", "vm_snapshots", "vm_templates", "vms",
    ];

    private static readonly string[] ActionDomains =
    [
        "acl_privileges", "acl_roles", "backup_repositories", "groups", "hosts", "networks", "pbds", "pools", "schedules", "servers",
        "srs", "tasks", "users", "vbds", "vdi_snapshots", "vdis", "vifs", "vm_controllers", "vm_snapshots", "vm_templates", "vms",
    ];

    private static readonly string[] Utility = ["check_connection", "describe_operation", "get_infrastructure_summary", "search_documentation", "whoami"];

    [Fact]
    public void Without_actions_there_is_one_query_tool_for_each_domain_and_nothing_that_changes()
    {
        var expected = QueryDomains.Select(static domain => $"{domain}_query").Concat(Utility).Order(StringComparer.Ordinal);

        Assert.Equal(expected, reading.Gateway.Gateway.Tools.Current.Select(static tool => tool.Name));
        Assert.All(reading.Gateway.Gateway.Tools.Current, static tool => Assert.True(tool.Hints.ReadOnly));
    }

    [Fact]
    public async Task With_actions_there_is_an_action_tool_too_for_each_domain_that_can_change()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);
        var expected = QueryDomains.Select(static domain => $"{domain}_query")
            .Concat(ActionDomains.Select(static domain => $"{domain}_action")).Concat(Utility).Order(StringComparer.Ordinal);

        Assert.Equal(expected, gateway.Gateway.Tools.Current.Select(static tool => tool.Name));
        Assert.All(
            gateway.Gateway.Tools.Current.Where(static tool => tool.Name.EndsWith("_action", StringComparison.Ordinal)),
            static tool => Assert.False(tool.Hints.ReadOnly));
    }

    [Theory]
    [InlineData("vms_action", true, false)]
    [InlineData("acl_roles_action", false, false)]
    [InlineData("vms_query", false, true)]
    public async Task Hints_follow_the_class_of_the_operations(string name, bool destructive, bool idempotent)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);

        Assert.Equal((destructive, idempotent), (gateway.Tool(name).Hints.Destructive, gateway.Tool(name).Hints.Idempotent));
    }

    [Fact]
    public void Every_tool_has_a_short_name_a_title_and_schemas_whose_root_is_an_object()
    {
        Assert.All(reading.Gateway.Gateway.Tools.Current, static tool =>
        {
            Assert.Matches(Name(), tool.Name);
            Assert.NotEmpty(tool.Title);
            Assert.NotEmpty(tool.Description);
            Assert.Equal("object", tool.InputSchema.GetProperty("type").GetString());
            Assert.Equal(System.Text.Json.JsonValueKind.Object, tool.InputSchema.GetProperty("properties").ValueKind);
            Assert.Equal("object", tool.OutputSchema.GetProperty("type").GetString());
        });
    }

    [Fact]
    public void A_list_is_asked_for_by_the_arguments_of_the_reference_and_ours()
    {
        string[] arguments = ["operation", "id", "filter", "fields", "limit", "sort", "cursor", "format"];

        Assert.Superset(arguments.ToHashSet(StringComparer.Ordinal), Properties(reading.Gateway.Tool("vms_query")));
        Assert.Contains("granularity", Properties(reading.Gateway.Tool("vms_query")));
    }

    [Fact]
    public async Task Each_placeholder_of_a_path_is_an_argument_of_its_own()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "operation", "id", "tag", "data_source", "body", "confirm_token", "wait" },
            Properties(gateway.Tool("vms_action")));
        Assert.Contains("PutVmTag(id, tag)", gateway.Tool("vms_action").Description, StringComparison.Ordinal);
        Assert.Contains("AttachAclV2Group(id, groupId)", gateway.Tool("acl_roles_action").Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_switches_that_are_the_gateways_own_business_are_not_shown()
    {
        Assert.All(reading.Gateway.Gateway.Tools.Current, static tool =>
            Assert.Empty(Properties(tool).Intersect(["ndjson", "markdown", "sync", "watch"], StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_operation_of_the_enum_is_in_the_description_with_its_signature()
    {
        foreach (var tool in reading.Gateway.Gateway.Tools.Current.Where(static tool => tool.Name.EndsWith("_query", StringComparison.Ordinal)))
        {
            var operations = tool.InputSchema.GetProperty("properties").GetProperty("operation").GetProperty("enum");
            Assert.NotEqual(0, operations.GetArrayLength());
            Assert.All(operations.EnumerateArray(), operation => Assert.Matches($@"\b{operation.GetString()}\b", tool.Description));
        }
    }

    [Theory]
    [InlineData("StartVm")]
    [InlineData("vms.StartVm")]
    [InlineData("/vms/{id}/actions/start")]
    public async Task What_the_deny_list_names_is_neither_listed_nor_run_nor_described(string entry)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Backend = settings => settings with { Deny = [entry] } });
        var id = await gateway.VmAsync("Halted");
        var tool = gateway.Tool("vms_action");
        var call = await gateway.CallAsync("vms_action", $$"""{"operation":"StartVm","id":"{{id}}"}""");
        var described = await gateway.CallAsync("describe_operation", """{"operation":"StartVm"}""");

        Assert.DoesNotContain("StartVm", tool.Description + tool.InputSchema, StringComparison.Ordinal);
        Assert.True(call.IsError);
        Assert.Contains("There is no operation 'StartVm'", call.Text, StringComparison.Ordinal);
        Assert.True(described.IsError);
        Assert.Empty(gateway.Changes);
    }

    [Fact]
    public async Task A_plain_name_in_the_deny_list_hits_every_operation_that_the_description_calls_so()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { Backend = static settings => settings with { Deny = ["GetSrs"] } });

        Assert.True((await gateway.CallAsync("srs_query", """{"operation":"GetSrs"}""")).IsError);
        Assert.True((await gateway.CallAsync("sms_query", """{"operation":"GetSrs_sms"}""")).IsError);
        Assert.False((await gateway.CallAsync("sms_query", $$"""{"operation":"GetSr_sms","id":"{{(await SmAsync(gateway))}}"}""")).IsError);
    }

    [Fact]
    public async Task An_allow_list_leaves_nothing_else_and_opens_what_the_platform_marks_as_denied()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            GatewayWish.Acting with { Backend = static settings => settings with { Allow = ["GetVms", "DetachHost"] } });

        Assert.Equal(
            Utility.Append("hosts_action").Append("vms_query").Order(StringComparer.Ordinal), gateway.Gateway.Tools.Current.Select(static tool => tool.Name));
        Assert.True((await gateway.CallAsync("vms_query", """{"operation":"GetVm","id":"x"}""")).IsError);
    }

    private static async Task<string> SmAsync(GatewayUnderTest gateway)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Xo.Url, "/rest/v0/sms?fields=id"));
        request.Headers.Add("Cookie", $"authenticationToken={gateway.Xo.Token}");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))[0].GetProperty("id").GetString()!;
    }

    private static HashSet<string> Properties(ToolDefinition tool) =>
        tool.InputSchema.GetProperty("properties").EnumerateObject().Select(static property => property.Name).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("^[a-z0-9_]{1,64}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
