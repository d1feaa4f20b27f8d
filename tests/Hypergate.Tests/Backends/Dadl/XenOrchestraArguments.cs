using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Arguments for tools of the published file that mean something in a simulated data centre.</summary>
internal sealed class XenOrchestraArguments(XenOrchestraFile xo)
{
    /// <summary>Everything that the tool must have, and what it must have to do something.</summary>
    public async Task<JsonElement> ForAsync(Operation operation)
    {
        var arguments = new JsonObject();
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Required || parameter.Name is "vlan" or "bondMode"))
        {
            arguments[parameter.Name] = await ValueAsync(operation, parameter);
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    private async Task<JsonNode?> ValueAsync(Operation operation, Parameter parameter)
    {
        var segments = operation.Path.Trim('/').Split('/');
        var place = Array.FindIndex(segments, segment => segment.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal));
        return parameter.Name switch
        {
            "tag" => "blue green/2",
            "data_source" => "cpu0",
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
