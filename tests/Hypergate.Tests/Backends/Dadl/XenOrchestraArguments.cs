using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Arguments for tools of the published file that mean something in a simulated data centre.</summary>
internal sealed class XenOrchestraArguments(XenOrchestraFile xo)
{
    private string? _stream;

    /// <summary>Everything that the tool must have, and what it must have to do something.</summary>
    /// <param name="operation">The tool.</param>
    /// <param name="isAsTheFileSays">Whether the body is written by the file's own fields where the platform calls them otherwise.</param>
    public async Task<JsonElement> ForAsync(Operation operation, bool isAsTheFileSays = false)
    {
        await PrepareAsync(operation);
        var arguments = new JsonObject();
        var body = isAsTheFileSays ? null : await BodyAsync(operation);
        foreach (var parameter in operation.Parameters.Where(parameter => (parameter.Required && (body is null || parameter.Place != ParameterPlace.Body)) || parameter.Name is "vlan" or "bondMode"))
        {
            arguments[parameter.Name] = await ValueAsync(operation, parameter);
        }

        if (body is not null)
        {
            arguments["_body"] = body;
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    // The file's fields are not the platform's in three tools: sr, size and vm, vdi are srId, virtual_size and VM, VDI there, and a privilege says
    // whether it allows. Whoever knows that passes the whole body.
    private async Task<JsonNode?> BodyAsync(Operation operation) => operation.Name switch
    {
        "create_vdi" => new JsonObject { ["srId"] = await SecondAsync("srs"), ["name_label"] = "made by a test", ["virtual_size"] = 1_073_741_824 },
        "create_vbd" => await AttachmentAsync(await LastAsync("vdis")),
        "create_acl_privilege" => new JsonObject { ["roleId"] = await LastAsync("acl-roles"), ["resource"] = "vm", ["action"] = "start", ["effect"] = "allow" },
        _ => null,
    };

    // A disk goes to a VM of its own pool.
    private async Task<JsonObject> AttachmentAsync(string disk)
    {
        var pool = Assert.IsType<Outcome.Done>(await xo.CallAsync("get_vdi", $$"""{"uuid":"{{disk}}"}""")).Value.GetProperty("$pool").GetString();
        return new JsonObject { ["VM"] = (await xo.IdsAsync("vms", $"power_state:Halted $pool:{pool}"))[0], ["VDI"] = disk };
    }

    // What no tool makes must be there before it can be shown.
    private async Task PrepareAsync(Operation operation)
    {
        switch (operation.Name)
        {
            case "get_proxy":
                xo.Plant("proxies", new JsonObject { ["id"] = "0c6e2b9d-54cf-4a3f-9a52-5f0f7d4c7e11", ["type"] = "proxy", ["name"] = "made by a test", ["address"] = "10.0.0.9" });
                break;
            case "get_restore_log":
                xo.Plant("restore-logs", new JsonObject { ["id"] = "1754462400000", ["type"] = "restore-log", ["status"] = "success", ["message"] = "restore", ["start"] = 1_754_462_400_000 });
                break;
            case "get_backup":
                foreach (var schedule in await xo.IdsAsync("schedules"))
                {
                    await xo.CallAsync("run_schedule", $$"""{"id":"{{schedule}}","sync":true}""");
                }

                break;
            case "delete_acl_privilege":
                await xo.CallAsync("create_acl_role", """{"name":"made by a test"}""");
                await xo.CallAsync(xo.Find("create_acl_privilege"), await ForAsync(xo.Find("create_acl_privilege")));
                break;
            case "add_event_subscription":
                _stream = await xo.ListenAsync();
                break;
            case "delete_network":
                await xo.CallAsync("create_internal_network", $$"""{"pool_id":"{{await FirstAsync("pools")}}","name":"made by a test","sync":true}""");
                break;
        }
    }

    private async Task<JsonNode?> ValueAsync(Operation operation, Parameter parameter)
    {
        var segments = operation.Path.Trim('/').Split('/');
        var place = Array.FindIndex(segments, segment => segment.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal));
        return parameter.Name switch
        {
            "tag" => "blue green/2",
            "data_source" => "cpu0",
            "uuid" when operation.Path.Contains("/data_source/", StringComparison.Ordinal) => (await xo.IdsAsync("vms", "power_state:Running"))[0],
            "id" when operation.Path.StartsWith("/events/", StringComparison.Ordinal) => _stream,
            "subscriptionId" => "VM",
            "_file" => await HandleAsync(),
            "format" => operation.Path.StartsWith("/vdi", StringComparison.Ordinal) ? "vhd" : "xva",
            "hostId" or "host" => await FirstAsync("hosts"),
            "pif" => await FirstAsync("pifs"),
            "pifIds" => new JsonArray(await FirstAsync("pifs"), await SecondAsync("pifs")),
            "network" or "networkId" => await FirstAsync("networks"),
            "srId" or "sr" => await SecondAsync("srs"),
            "vm" or "vmId" => await FirstAsync("vms"),
            "vdi" => await SecondAsync("vdis"),
            "template" => await FirstAsync("vm-templates"),
            "snapshotId" => await FirstAsync("vm-snapshots"),
            "roleId" => await LastAsync("acl-roles"),
            "resource" => "vm",
            "action" => "start",
            "vlan" => 12,
            "bondMode" => "active-backup",
            "SR_type" => "nfs",
            "id" when operation.Path.StartsWith("/acl-", StringComparison.Ordinal) || operation.Name is "delete_user" => await LastAsync(segments[0]),
            "uuid" when operation.Name is "delete_network" => await LastAsync(segments[0]),
            "direction" => "from",
            "protocol" => "TCP",
            "ipRange" => "10.0.0.0/24",
            "collection" => "VM",
            "url" => "file:///mnt/more",
            _ when place > 0 && parameter.Place == ParameterPlace.Path => await FirstAsync(segments[place - 1]),
            _ => OfType(parameter),
        };
    }

    private static JsonNode? OfType(Parameter parameter) => parameter.Schema.GetProperty("type").GetString() switch
    {
        "integer" or "number" => 1_073_741_824,
        "boolean" => true,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        _ => "made by a test",
    };

    private async Task<string> HandleAsync()
    {
        var export = Assert.IsType<Outcome.Done>(await xo.CallAsync("export_vdi_raw", $$"""{"uuid":"{{await FirstAsync("vdis")}}"}"""));
        return export.Value.GetProperty("file").GetString()!;
    }

    private async Task<string> FirstAsync(string collection) => (await KnownAsync(collection)).FirstOrDefault("none");

    private async Task<string> LastAsync(string collection) => (await KnownAsync(collection)).LastOrDefault("none");

    private async Task<string> SecondAsync(string collection) => (await KnownAsync(collection)).Skip(1).FirstOrDefault("none");

    private async Task<IReadOnlyList<string>> KnownAsync(string collection) =>
        collection is "events" or "subscriptions" ? [] : await xo.IdsAsync(collection);
}
