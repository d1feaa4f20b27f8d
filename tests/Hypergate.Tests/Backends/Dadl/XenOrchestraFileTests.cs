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
        // A plugin serves these, and no Xen Orchestra has it of itself; the file says so too.
        ["add_network_traffic_rule"] = 404,
        ["update_network_traffic_rule"] = 404,
        ["delete_network_traffic_rule"] = 404,
        ["add_vif_traffic_rule"] = 404,
        ["update_vif_traffic_rule"] = 404,
        ["delete_vif_traffic_rule"] = 404,

        // All tasks have ended here; one that goes on is aborted below.
        ["abort_task"] = 404,
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

    [Fact]
    public async Task A_task_that_goes_on_is_aborted()
    {
        await using var xo = await XenOrchestraFile.StartAsync(taskDuration: 1000);
        var vm = (await xo.IdsAsync("vms", "power_state:Halted"))[0];
        var started = Assert.IsType<Outcome.Done>(await xo.CallAsync("start_vm", $$"""{"uuid":"{{vm}}"}"""));

        var aborted = await xo.CallAsync("abort_task", $$"""{"id":"{{started.Value.GetProperty("taskId").GetString()}}"}""");

        Assert.IsType<Outcome.Done>(aborted);
    }

    [Theory]
    [InlineData("create_vdi", "srId")]
    [InlineData("create_vbd", "VM")]
    [InlineData("create_acl_privilege", "does not match any allowed schema")]
    public async Task Where_the_file_calls_fields_otherwise_than_the_platform_the_platform_says_which_it_misses(string tool, string missing)
    {
        await using var xo = await XenOrchestraFile.StartAsync();
        var given = await new XenOrchestraArguments(xo).ForAsync(xo.Find(tool), isAsTheFileSays: true);

        var failed = Assert.IsType<Outcome.Failed>(await xo.CallAsync(xo.Find(tool), given));

        Assert.Equal(422, failed.Status);
        Assert.Contains(missing, failed.Detail, StringComparison.Ordinal);
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
