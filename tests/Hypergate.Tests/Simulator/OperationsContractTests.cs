using Hypergate.Simulator.XenOrchestra.Description;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Tests.Simulator.Contract;

namespace Hypergate.Tests.Simulator;

/// <summary>Every operation of the description, called as it should be called and as it should not.</summary>
public class OperationsContractTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, Operation>> Operations = new(() =>
        OperationReader.Read(XoDescription.Document).ToDictionary(operation => operation.Id, StringComparer.Ordinal));

    public static TheoryData<string> Writes => [.. Ids(operation => operation.Method != "GET")];

    public static TheoryData<string> WritesOfOneObject =>
        [.. Ids(operation => operation.Method != "GET" && operation.Template.Contains("{id}", StringComparison.Ordinal))];

    public static TheoryData<string> WritesWithBody => [.. Ids(operation => operation.BodySchema is not null)];

    [Fact]
    public async Task Every_read_succeeds_but_the_two_that_lead_nowhere()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var failures = new List<string>();
        foreach (var id in Ids(operation => operation.Method == "GET" && operation.Template != "/events"))
        {
            failures.AddRange(await ReadAsync(xo, Operations.Value[id]));
        }

        Assert.Equal("GET /backup/jobs/metadata, GET /backup/jobs/mirror", string.Join(", ", failures.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_valid_write_answers_its_documented_success(string id)
    {
        await using var xo = await SimulatedXo.StartAsync();
        var operation = Operations.Value[id];
        var (path, body) = await ValidCalls.For(id).FillAsync(xo, operation.Template);

        var reply = await xo.SendAsync(operation.Method, path + (operation.Takes("sync") ? "?sync=true" : ""), body);
        Assert.True(operation.Success == reply.Status, $"{reply.Status} instead of {operation.Success}: {path} {body} {reply.Text}");
        Assert.Equal(operation.Success == 204, reply.Text.Length == 0);
    }

    [Theory]
    [MemberData(nameof(WritesOfOneObject))]
    public async Task A_write_to_an_unknown_object_is_404_and_changes_nothing(string id)
    {
        await using var xo = await SimulatedXo.StartAsync();
        var operation = Operations.Value[id];
        var before = xo.Simulator.StateHash();
        var path = operation.Template.Replace("{id}", "00000000-0000-4000-8000-000000000000", StringComparison.Ordinal)
            .Replace("{tag}", "x", StringComparison.Ordinal).Replace("{format}", "raw", StringComparison.Ordinal)
            .Replace("{subscriptionId}", "VM", StringComparison.Ordinal);

        var reply = await xo.SendAsync(operation.Method, path, operation.BodySchema is null ? null : ValidCalls.For(id).Body);
        Assert.True(reply.Status is 404 || IsOwn(operation, reply), $"{reply.Status}: {reply.Text}");
        Assert.Equal(before, xo.Simulator.StateHash());
    }

    [Theory]
    [MemberData(nameof(WritesWithBody))]
    public async Task A_body_with_a_property_that_nobody_knows_is_422_and_changes_nothing(string id)
    {
        await using var xo = await SimulatedXo.StartAsync();
        var operation = Operations.Value[id];
        var (path, _) = await ValidCalls.For(id).FillAsync(xo, operation.Template);
        var before = xo.Simulator.StateHash();

        var reply = await xo.SendAsync(operation.Method, path, """{"nobody_knows":1}""");
        Assert.True(reply.Status == 422, $"{reply.Status}: {reply.Text}");
        Assert.NotNull(reply.Json["error"]);
        Assert.Equal("{}", reply.Json["data"]!.ToJsonString());
        Assert.Equal(before, xo.Simulator.StateHash());
    }

    private static IEnumerable<string> Ids(Func<Operation, bool> fits) => Operations.Value.Values.Where(fits).Select(operation => operation.Id);

    // Tokens of users who do not exist are none of the caller's business either.
    private static bool IsOwn(Operation operation, Reply reply) =>
        operation.Template.EndsWith("/authentication_tokens", StringComparison.Ordinal) && reply.Status == 403;

    private static async Task<IEnumerable<string>> ReadAsync(SimulatedXo xo, Operation operation)
    {
        var path = operation.Template.Replace(
            "{format}", operation.Template.Contains("vdi", StringComparison.Ordinal) ? "raw" : "xva", StringComparison.Ordinal);
        if (path.Contains("{id}", StringComparison.Ordinal))
        {
            var (collection, filter) = Source(operation);
            var found = (await xo.GetAsync($"/{collection}?fields=id&limit=1&filter={Uri.EscapeDataString(filter)}")).Json.AsArray();
            if (found.Count == 0)
            {
                return [];
            }

            path = path.Replace("{id}", found[0]!["id"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var reply = await xo.GetAsync(path);
        while (reply.Status == 308)
        {
            reply = await xo.GetAsync(reply.Location!["/rest/v0".Length..]);
        }

        return reply.Status == 200 ? [] : reply.Status == 404 ? [operation.Id] : [$"{operation.Id}: {reply.Status} {reply.Text}"];
    }

    private static (string Collection, string Filter) Source(Operation operation) => operation.Segments switch
    {
        ["backup", "jobs", "vm", _] => ("backup-jobs", "type:/^backup$/"),
        ["backup", "jobs", var kind, _] => ("backup-jobs", $"type:/^{kind}Backup$/"),
        ["backup", ..] => ("backup-logs", ""),
        ["restore", ..] => ("restore-logs", ""),
        ["users", ..] => ("users", "email:/^admin$/"),
        [var first, ..] => (first, ""),
        [] => ("", ""),
    };
}
