using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Authorization.Matrix;

/// <summary>One way in which operations are shown and called.</summary>
/// <param name="Listed">The operations, of those given, that a caller is shown.</param>
/// <param name="CallAsync">Calls one; null where there is not even a tool for it.</param>
internal sealed record RoleSurface(Func<Caller, IReadOnlyList<Operation>, Task<IReadOnlyList<string>>> Listed, Func<Caller, Operation, string, Task<ToolResult?>> CallAsync)
{
    // A tool of the fleet stands for the operation that it would send.
    private static readonly (string Operation, string Tool)[] FleetTools = [("GetVms", "list_vms"), ("GetSrs", "list_storage"), ("StartVm", "change_vm_state")];

    public static IReadOnlyList<string> Names { get; } = ["domains", "operations", "search", "code", "fleet"];

    public static RoleSurface Of(string name, GatewayUnderTest gateway) => name switch
    {
        "domains" => new(
            (caller, _) => Task.FromResult<IReadOnlyList<string>>([.. Tools(gateway, caller).SelectMany(static tool => Enumerated(tool.InputSchema))]),
            (caller, operation, called) => gateway.CallAsAsync(caller, $"{operation.Domain}_{(operation.Changes ? "action" : "query")}", Arguments(gateway, operation, called))),
        "operations" => new(
            (caller, all) => Task.FromResult<IReadOnlyList<string>>([.. Tools(gateway, caller).Select(static tool => tool.Name).Where(static tool => tool.StartsWith("xo_", StringComparison.Ordinal)).Select(static tool => tool["xo_".Length..]).Where(tool => all.Any(operation => operation.Name == tool))]),
            (caller, operation, called) => gateway.CallAsAsync(caller, $"xo_{called}", Arguments(gateway, operation, null))),
        "search" => new(
            (caller, all) => FilterAsync(all, async operation => (await gateway.CallAsAsync(caller, "search_operations", $$"""{"query":"{{operation.Name}}","limit":25}"""))?.Structured?.Value.GetProperty("operations").EnumerateArray()
                .Any(found => found.GetProperty("operation").GetString() == operation.Name) == true),
            (caller, operation, called) => gateway.CallAsAsync(caller, "call_operation", $$"""{"operation":"{{called}}","arguments":{{Arguments(gateway, operation, null)}} }""")),
        "code" => new(
            (caller, all) => FilterAsync(all, async operation => (await gateway.CallAsAsync(caller, "list_tools", $$"""{"pattern":"^xo[.]{{operation.Name}}$","detail":"names"}"""))?.Text is { } text && Regex.IsMatch(text, $@"\b{operation.Name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)) && !text.Contains("nearest", StringComparison.Ordinal) && !text.Contains("Nothing", StringComparison.Ordinal)),
            (caller, operation, called) => gateway.CallAsAsync(caller, "execute_code", CodeGateway.Code($"try {{ await api.xo['{called}']({Arguments(gateway, operation, null)}); return 'done' }} catch (e) {{ return {{ failed: e.code, text: e.message }} }}"))),
        "fleet" => new(
            (caller, _) => Task.FromResult<IReadOnlyList<string>>([.. FleetTools.Where(pair => Tools(gateway, caller).Any(tool => tool.Name == pair.Tool)).Select(static pair => pair.Operation)]),
            (caller, operation, called) => gateway.CallAsAsync(
                caller, FleetTools.Where(pair => pair.Operation == called).Select(static pair => pair.Tool).FirstOrDefault() ?? called, operation.Name == "StartVm" ? $$"""{"vmid":"{{Halted(gateway)}}","action":"start"}""" : "{}")),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such surface."),
    };

    public static IReadOnlyList<ToolDefinition> Tools(GatewayUnderTest gateway, Caller caller) => gateway.Gateway.Lists.For(Audience.Of(caller)).Current;

    private static string Halted(GatewayUnderTest gateway) =>
        gateway.Xo.World.Read(() => gateway.Xo.World["vms"].All.First(static vm => vm["power_state"]!.GetValue<string>() == "Halted")["id"]!.GetValue<string>());

    private static async Task<IReadOnlyList<string>> FilterAsync(IReadOnlyList<Operation> all, Func<Operation, Task<bool>> isShown)
    {
        var shown = new List<string>();
        foreach (var operation in all)
        {
            if (await isShown(operation))
            {
                shown.Add(operation.Name);
            }
        }

        return shown;
    }

    private static string Arguments(GatewayUnderTest gateway, Operation operation, string? called)
    {
        var arguments = new Dictionary<string, object>(StringComparer.Ordinal);
        if (called is not null)
        {
            arguments["operation"] = called;
        }

        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Required))
        {
            arguments[parameter.Name] = parameter.Name switch
            {
                "id" => gateway.Xo.World.Read(() => gateway.Xo.World[operation.Path.Split('/')[1]].All.First()["id"]!.GetValue<string>()),
                _ => "one",
            };
        }

        if (operation.Name == "CreateUser")
        {
            arguments["body"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "carol", ["password"] = "not-a-secret" };
        }

        return JsonSerializer.Serialize(arguments);
    }

    private static IEnumerable<string> Enumerated(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty("operation", out var operation) && operation.TryGetProperty("enum", out var names)
            ? names.EnumerateArray().Select(static name => name.GetString()!)
            : [];
}
