using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>The published file of Xen Orchestra in front of the simulator: each of its tools is called.</summary>
public sealed class XenOrchestraFileTests
{
    // What the platform rightly says no to. Every other call must succeed.
    private static readonly Dictionary<string, int> Refusals = new(StringComparer.Ordinal)
    {
        // There are none in this data centre.
        ["get_backup"] = 404,
        ["get_restore_log"] = 404,
        ["get_proxy"] = 404,

        // The plugin for these is not installed.
        ["add_network_traffic_rule"] = 404,
        ["update_network_traffic_rule"] = 404,
        ["delete_network_traffic_rule"] = 404,
        ["add_vif_traffic_rule"] = 404,
        ["update_vif_traffic_rule"] = 404,
        ["delete_vif_traffic_rule"] = 404,

        // Nobody listens any more.
        ["add_event_subscription"] = 404,
        ["remove_event_subscription"] = 422,

        // Rules of the platform: tasks that have ended, privileges that are built in, VMs that were halted before, networks in use.
        ["abort_task"] = 404,
        ["create_acl_privilege"] = 422,
        ["update_acl_privilege"] = 403,
        ["delete_acl_privilege"] = 403,
        ["delete_vm_data_source"] = 500,
        ["delete_network"] = 500,

        // The file calls these fields other than the server does: _body carries the right ones.
        ["create_vdi"] = 422,
        ["create_vbd"] = 422,
    };

    [Fact]
    public async Task Each_of_the_267_tools_makes_the_request_that_the_file_tells_of_and_gets_an_answer()
    {
        await using var xo = await XenOrchestraFile.StartAsync();
        var arguments = new XenOrchestraArguments(xo);
        var faults = new List<string>();
        var operations = xo.Operations.OrderBy(static operation => operation.Access).ThenBy(static operation => operation.Method == "DELETE").ToList();
        foreach (var operation in operations)
        {
            var given = await arguments.ForAsync(operation);
            var before = xo.Platform.Requests.Count;
            var outcome = await xo.CallAsync(operation, given);
            faults.AddRange(Faults(operation, given, outcome, [.. xo.Platform.Requests.All.TakeLast((int)(xo.Platform.Requests.Count - before)).Select(static request => $"{request.Method} {request.Target}")]));
        }

        Assert.Equal(267, operations.Count);
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private static IEnumerable<string> Faults(Operation operation, JsonElement given, Outcome outcome, IReadOnlyList<string> requests)
    {
        var pattern = $"^{operation.Method} /rest/v0{Regex.Replace(Regex.Escape(operation.Path), @"\\\{[^}]*\}", "[^/?]+", RegexOptions.None, TimeSpan.FromSeconds(1))}([?].*)?$";
        if (requests is not [var request] || !Regex.IsMatch(request, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            yield return $"{operation.Name} sent {string.Join(", ", requests)}: {Text(outcome)}";
        }

        if (outcome is Outcome.Done { Value: var value } && !MeansSomething(operation, given, value))
        {
            yield return $"{operation.Name} gave {value}";
        }

        var wanted = Refusals.GetValueOrDefault(operation.Name);
        if (outcome switch { Outcome.Done => wanted != 0, Outcome.Failed failed => failed.Status != wanted, _ => true })
        {
            yield return $"{operation.Name} {wanted}: {Text(outcome)}";
        }
    }

    // A list is a list, one object is the one that was asked for, a file is a handle, and what creates something tells what.
    private static bool MeansSomething(Operation operation, JsonElement given, JsonElement value) => operation switch
    {
        { Rules.Response.IsFile: true } => value.GetProperty("file").GetString()!.StartsWith("file:", StringComparison.Ordinal) && value.GetProperty("size").GetInt64() > 0,
        { Method: "GET", Name: ['l', 'i', 's', 't', '_', ..] } => value.ValueKind == JsonValueKind.Array,
        { Method: "GET", Path: ['/', .., '}'] path } when path.Count(static c => c == '{') == 1 => IdOf(value) == given.EnumerateObject().First().Value.GetString(),
        { Method: "GET" } => value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined),
        { Method: "POST", Name: ['c', 'r', 'e', 'a', 't', 'e', '_', ..] } => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any(),
        _ => true,
    };

    private static string? IdOf(JsonElement value) =>
        value.ValueKind != JsonValueKind.Object ? null
        : value.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()
        : value.TryGetProperty("uuid", out var uuid) ? uuid.GetString() : null;

    private static string Text(Outcome outcome) => outcome switch
    {
        Outcome.Done done => $"done {done.Value}",
        Outcome.Failed failed => failed.Detail,
        Outcome.Refused refused => refused.Reason,
        _ => outcome.ToString(),
    };
}
