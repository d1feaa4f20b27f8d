using System.Text.Json;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Descriptions;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;

namespace Hypergate.Tests.Descriptions.OpenApi;

/// <summary>The description that a real Xen Orchestra 0.39.0 serves, read with the rules of that backend.</summary>
public class RealDescriptionTests
{
    private static readonly Lazy<Description> Read =
        new(static () => OpenApiReader.Read(RealDocument.Json(), XenOrchestraDescription.Rules));

    [Fact]
    public void Every_operation_is_offered_or_dropped_with_a_reason()
    {
        var description = Real();
        var seen = description.Operations.Select(static operation => $"{operation.Method} {operation.Path}")
            .Concat(description.Dropped.Select(static dropped => $"{dropped.Route.Method} {dropped.Route.Path}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(OperationsTableRow.All.Select(static row => $"{row.Method} {row.Path}").Order(StringComparer.Ordinal), seen);
        Assert.Equal((254, 17), (description.Operations.Count, description.Dropped.Count));
        Assert.All(description.Dropped, static dropped => Assert.NotEmpty(dropped.Reason));
    }

    [Fact]
    public void Exactly_these_operations_are_not_offered()
    {
        string[] expected =
        [
            "AddSubscription", "ExportVdiContent", "ExportVdiSnapshotContent", "ExportVm", "ExportVmSnapshot", "ExportVmTemplate",
            "GetAuditLog", "GetHostLogs", "GetMcpStatus", "GetMetadataBackupJobs", "GetMirrorBackupJobs", "ImportVdiContent",
            "ImportVm", "OpenSseConnection", "RemoveSubscription", "SrImportVdi", "swaggerSpec",
        ];

        Assert.Equal(expected, Real().Dropped.Select(static dropped => dropped.Route.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Title_version_and_warnings_tell_what_was_read()
    {
        var description = Real();

        Assert.Equal("0.39.0", description.Version);
        Assert.Equal("@xen-orchestra/rest-api", description.Title);
        Assert.Equal(3, description.Warnings.Count);
        Assert.All(description.Warnings, static warning => Assert.Contains("for 2 operations", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/srs", "GetSrs")]
    [InlineData("/srs/{id}", "GetSr")]
    [InlineData("/sms", "GetSrs_sms")]
    [InlineData("/sms/{id}", "GetSr_sms")]
    [InlineData("/pools/{id}/actions/management_reconfigure", "ManagementReconfigure")]
    [InlineData("/hosts/{id}/actions/management_reconfigure", "ManagementReconfigure_hosts")]
    public void A_name_used_twice_stays_with_the_family_it_names(string path, string name)
    {
        var operation = Real().Operations.Single(operation => operation.Path == path && operation.Method == (path.Contains("/actions/", StringComparison.Ordinal) ? "POST" : "GET"));

        Assert.Equal(name, operation.Name);
        Assert.Equal(name.Split('_')[0], operation.DeclaredName);
    }

    [Fact]
    public void Each_operation_agrees_with_the_table()
    {
        var rows = OperationsTableRow.All.ToDictionary(static row => $"{row.Method} {row.Path}", StringComparer.Ordinal);
        foreach (var operation in Real().Operations)
        {
            var row = rows[$"{operation.Method} {operation.Path}"];

            Assert.Equal(row.Name, operation.DeclaredName);
            Assert.Equal(row.Access, operation.Access.ToString().ToLowerInvariant());
            Assert.Equal(row.Deprecated, operation.Deprecated);
            Assert.Equal(row.PathParameters, Names(operation, ParameterPlace.Path), StringComparer.Ordinal);
            Assert.Equal(
                row.QueryParameters.Order(StringComparer.Ordinal),
                Names(operation, ParameterPlace.Query).Concat(operation.Switches).Order(StringComparer.Ordinal));
            Assert.Equal(row.Body, operation.Body switch
            {
                null => "",
                { Required: true } => "application/json!",
                _ => "application/json",
            });
        }
    }

    [Fact]
    public void Advice_is_taken_over_but_for_statistics()
    {
        var counts = Real().Operations.CountBy(static operation => operation.Exposure).ToDictionary();

        Assert.Equal((139 - 3 + 3, 109 - 4, 6, 4), (
            counts[Exposure.Allow],
            counts[Exposure.Confirm],
            counts[Exposure.Deny],
            counts[Exposure.Unmarked]));
        Assert.All(Real().Operations.Where(static operation => operation.Exposure == Exposure.Deny), static operation =>
            Assert.Equal("hosts", operation.Domain));
    }

    [Fact]
    public void The_query_domains_are_those_of_the_reference_without_events()
    {
        string[] expected =
        [
            "acl_privileges", "acl_roles", "alarms", "backup", "backup_archives", "backup_jobs", "backup_logs",
            "backup_repositories", "dashboard", "groups", "gui_routes", "hosts", "messages", "networks", "pbds", "pcis", "pgpus",
            "pifs", "ping", "pools", "proxies", "restore", "restore_logs", "schedules", "servers", "sms", "srs", "tasks", "users",
            "vbds", "vdi_snapshots", "vdis", "vifs", "vm_controllers", "vm_snapshots", "vm_templates", "vms",
        ];

        Assert.Equal(expected, Domains(static operation => operation.Method == "GET"), StringComparer.Ordinal);
    }

    [Fact]
    public void The_action_domains_are_those_of_the_reference_without_events()
    {
        string[] expected =
        [
            "acl_privileges", "acl_roles", "backup_repositories", "groups", "hosts", "networks", "pbds", "pools", "schedules",
            "servers", "srs", "tasks", "users", "vbds", "vdi_snapshots", "vdis", "vifs", "vm_controllers", "vm_snapshots",
            "vm_templates", "vms",
        ];

        Assert.Equal(expected, Domains(static operation => operation.Method != "GET"), StringComparer.Ordinal);
    }

    [Fact]
    public void Each_placeholder_is_a_required_argument_of_its_own()
    {
        var several = Real().Operations.Where(static operation => operation.Path.Count(static c => c == '{') > 1).ToList();

        // 35 in the description; six hold {format} and one belongs to events.
        Assert.Equal(35 - 6 - 1, several.Count);
        Assert.All(several, static operation =>
        {
            var inPath = operation.Parameters.Where(static parameter => parameter.Place == ParameterPlace.Path).ToList();
            Assert.Equal(2, inPath.Count);
            Assert.All(inPath, parameter => Assert.True(parameter.Required));
            Assert.All(inPath, parameter => Assert.Contains($"{{{parameter.Name}}}", operation.Path, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void The_gateways_own_switches_are_never_arguments()
    {
        var switches = Real().Operations.SelectMany(static operation => operation.Switches).CountBy(static name => name, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);

        // Two lists that no longer exist had the first two as well.
        Assert.Equal((94 - 2, 87 - 2, 51, 1), (switches["ndjson"], switches["markdown"], switches["sync"], switches["watch"]));
        Assert.DoesNotContain(Real().Operations.SelectMany(static operation => operation.Parameters), static parameter =>
            parameter.Name is "ndjson" or "markdown" or "sync" or "watch");
    }

    [Fact]
    public void Each_limit_is_a_whole_number_from_one()
    {
        var limits = Real().Operations.SelectMany(static operation => operation.Parameters).Where(static parameter => parameter.Name == "limit").ToList();

        Assert.Equal(92 - 2, limits.Count);
        Assert.All(limits, static limit =>
        {
            Assert.Equal("integer", limit.Schema.GetProperty("type").GetString());
            Assert.Equal(1, limit.Schema.GetProperty("minimum").GetInt32());
        });
    }

    [Fact]
    public void Extra_query_parameters_are_arguments_with_their_types()
    {
        Assert.Equal("array", Parameter("GetBackupArchives", "backup-repository").Schema.GetProperty("type").GetString());
        Assert.Equal("boolean", Parameter("GetTask", "wait").Schema.GetProperty("type").GetString());
        Assert.Equal(
            ["seconds", "minutes", "hours", "days"],
            Parameter("GetVmStats", "granularity").Schema.GetProperty("enum").EnumerateArray().Select(static word => word.GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public void Each_schema_stands_alone_and_is_valid()
    {
        var bodies = Real().Operations.Where(static operation => operation.Body is not null).ToList();

        // 42 JSON bodies, one of which belongs to events.
        Assert.Equal(42 - 1, bodies.Count);
        Assert.Equal(31 - 1, bodies.Count(static operation => operation.Body!.Required));
        Assert.All(bodies, static operation => SchemaCheck.IsValid(operation.Body!.Schema));
        Assert.All(Real().Operations.SelectMany(static operation => operation.Parameters), static parameter => SchemaCheck.IsValid(parameter.Schema));
    }

    [Fact]
    public void Bodies_keep_their_alternatives_and_lose_what_contradicts_them()
    {
        var migrate = Body("MigrateVm");
        var disable = Body("Disable");
        var create = Body("CreateVdi");

        Assert.Equal(2, migrate.GetProperty("anyOf").GetArrayLength());
        Assert.All(disable.GetProperty("anyOf").EnumerateArray(), static choice =>
        {
            Assert.True(choice.GetProperty("properties").TryGetProperty("autoEnable", out _));
            Assert.False(choice.GetProperty("additionalProperties").GetBoolean());
        });
        Assert.Equal(["virtual_size", "srId"], create.GetProperty("required").EnumerateArray().Select(static name => name.GetString()!), StringComparer.Ordinal);
        Assert.Equal("""["string","null"]""", Body("UpdateVm").GetProperty("properties").GetProperty("affinityHost").GetProperty("type").GetRawText());
        Assert.False(Body("AddHost").TryGetProperty("examples", out _));
        Assert.True(Body("StartVm").TryGetProperty("examples", out _));
    }

    [Fact]
    public void Descriptions_are_one_short_line_without_privileges_or_entities()
    {
        Assert.All(Real().Operations, static operation =>
        {
            Assert.DoesNotContain('\n', operation.Description);
            Assert.DoesNotContain("&lt;", operation.Description, StringComparison.Ordinal);
            Assert.DoesNotContain("resource:", operation.Description, StringComparison.Ordinal);
            Assert.DoesNotContain("Required privilege", operation.Description, StringComparison.Ordinal);
            Assert.DoesNotContain("ndjson", operation.Description, StringComparison.Ordinal);
            Assert.True(operation.Description.Length <= DescriptionText.LongestDescription);
        });
        Assert.Equal("The VM must be halted", Named("StartVm").Description);
        Assert.Equal([new Privilege("vm", "start"), new Privilege("host", "allow-vm")], Named("StartVm").Requires);
        Assert.Equal([new Privilege("vm", "update:<field>")], Named("UpdateVm").Requires);
    }

    [Fact]
    public void Titles_are_words_for_people()
    {
        Assert.All(Real().Operations, static operation =>
        {
            Assert.Matches("^[A-Z][A-Za-z ]+$", operation.Title);
            Assert.InRange(operation.Title.Length, 4, 60);
            Assert.DoesNotMatch(@"\b(vms?|vdis?|vifs?|vbds?|srs?|pifs?|pbds?|pcis?|acl|gui|Vm|Vdi|Sr)\b", operation.Title);
        });
        var unclear = Real().Operations.GroupBy(static operation => (operation.Domain, operation.Title)).Where(static group => group.Count() > 1);
        Assert.Empty(unclear);
    }

    [Theory]
    [InlineData("StartVm", "Start VM")]
    [InlineData("GetVms", "List VMs")]
    [InlineData("GetVm", "Get VM")]
    [InlineData("GetPoolAlarms", "List alarms of a pool")]
    [InlineData("VmGetVmBackupJobs", "List backup jobs of a VM")]
    [InlineData("GetSrs_sms", "List SMs")]
    [InlineData("GethostSmt", "Get SMT of a host")]
    [InlineData("GetStats", "Get statistics of a pool")]
    [InlineData("PutVmTag", "Add VM tag")]
    [InlineData("HostScanPifs", "Scan PIFs on a host")]
    [InlineData("CreateNetwork", "Create network on a pool")]
    [InlineData("Disable", "Disable host")]
    [InlineData("GetSrAlarms", "List alarms of an SR")]
    [InlineData("Ping", "Ping")]
    public void A_title_fits_its_path(string name, string title) => Assert.Equal(title, Named(name).Title);

    [Fact]
    public void Lists_know_their_fields_and_which_to_ask_for()
    {
        var lists = Real().Operations.Where(static operation => operation.Result == ResultShape.List).ToList();

        // 92 with a limit, of which two are dead; two more answer with an array.
        Assert.Equal(92 - 2 + 2, lists.Count);
        Assert.All(lists, static operation => Assert.NotEmpty(operation.KnownFields));
        Assert.All(lists, static operation => Assert.DoesNotContain("href", operation.KnownFields, StringComparer.Ordinal));
        var choosing = lists.Where(static operation => operation.Parameters.Any(static parameter => parameter.Name == "fields")).ToList();
        Assert.Equal(91 - 2, choosing.Count);
        Assert.All(choosing, static operation =>
        {
            Assert.Contains("id", operation.DefaultFields, StringComparer.Ordinal);
            Assert.Empty(operation.DefaultFields.Except(operation.KnownFields, StringComparer.Ordinal));
        });
        Assert.Equal(["name_label", "power_state", "uuid", "id"], Named("GetVms").DefaultFields);
        Assert.Contains("mainIpAddress", Named("GetVms").KnownFields, StringComparer.Ordinal);
        Assert.Empty(Named("GetAuthenticationTokens").DefaultFields);
    }

    [Theory]
    [InlineData("GetVms", ResultShape.List)]
    [InlineData("GetMissingPatches", ResultShape.List)]
    [InlineData("GetAuthenticationTokens", ResultShape.List)]
    [InlineData("GetVm", ResultShape.One)]
    [InlineData("StartVm", ResultShape.One)]
    [InlineData("GetVmStats", ResultShape.Statistics)]
    [InlineData("DeleteVm", ResultShape.Nothing)]
    [InlineData("AddDataSource", ResultShape.Nothing)]
    [InlineData("GetVmDashboard", ResultShape.One)]
    public void The_shape_of_the_result_follows_from_the_answers(string name, ResultShape shape) =>
        Assert.Equal(shape, Named(name).Result);

    [Fact]
    public void Deprecated_operations_stay_and_are_marked() =>
        Assert.Equal(11 - 2, Real().Operations.Count(static operation => operation.Deprecated));

    private static Description Real()
    {
        RealDocument.Json();
        return Read.Value;
    }

    private static Operation Named(string name) => Real().Operations.Single(operation => operation.Name == name);

    private static Parameter Parameter(string operation, string name) => Named(operation).Parameters.Single(parameter => parameter.Name == name);

    private static JsonElement Body(string operation) => Named(operation).Body!.Schema;

    private static IEnumerable<string> Names(Operation operation, ParameterPlace place) =>
        operation.Parameters.Where(parameter => parameter.Place == place).Select(static parameter => parameter.Name);

    private static IEnumerable<string> Domains(Func<Operation, bool> of) =>
        Real().Operations.Where(of).Select(static operation => operation.Domain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
