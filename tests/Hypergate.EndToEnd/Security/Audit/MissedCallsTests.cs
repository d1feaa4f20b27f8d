using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Audit;

/// <summary>Suite S21: what somebody tried and does not have is in the trail, whichever way it came, and the answer does not tell whether it is hidden or not there.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
[Trait("Mcp", "MCP08")]
public sealed partial class MissedCallsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("domains", "vms_query", """{"operation":"NAME","id":"i"}""", "NAME")]
    [InlineData("domains", "vms_action", """{"operation":"DeleteVm","id":"i"}""", null)]
    [InlineData("operations", "xo_NAME", """{"id":"i"}""", "NAME")]
    [InlineData("search", "call_operation", """{"operation":"NAME","arguments":{"id":"i"}}""", "NAME")]
    [InlineData("search", "call_operation", """{"operation":"NAME","backend":"xo","arguments":{"id":"i"}}""", "NAME")]
    [InlineData("code", "execute_code", """{"code":"return await api.NAME({ id: 'i' })"}""", "NAME")]
    public async Task A_call_of_what_is_hidden_is_recorded_and_answered_as_one_of_what_is_not_there(string surface, string tool, string arguments, string? operation)
    {
        await using var xo = await Xo.StartAsync();
        var config = _folder.Write("hypergate.yaml", $$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", auth: { token: "{{xo.Token}}" }, actions: true }]
            surfaces: [{{surface}}]
            http: { drainSeconds: 0 }
            """);
        var key = (await DoneAsync("keys", "create", "--name", "anna", "--role", "viewer")).Trim();
        string hidden, none;
        await using (var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", config))
        {
            hidden = await AskAsync("DeleteVm");
            none = await AskAsync("RemoveAb");
            await program.StopAsync();

            async Task<string> AskAsync(string name) => (await program.CallAsync(tool.Replace("NAME", name, StringComparison.Ordinal), arguments.Replace("NAME", name, StringComparison.Ordinal), key)).Body;
        }

        var records = Lines(await DoneAsync("audit", "search", "--caller", "key:anna", "--outcome", "refused", "--json"));

        Assert.Equal(2, records.Count);
        Assert.All(records, static record => Assert.Equal("refused: authorization", record.GetProperty("decision").GetString()));
        if (operation is not null)
        {
            Assert.Equal(("xo", "DeleteVm", "dangerous"), (Text(records[0], "backend"), Text(records[0], "operation"), Text(records[0], "access")));
            Assert.Equal("It is hidden from this caller. Nothing was sent.", Text(records[0], "detail"));
            Assert.EndsWith("RemoveAb", Text(records[1], "operation"), StringComparison.Ordinal);
            Assert.Equal("i", records[0].GetProperty("arguments").TryGetProperty("id", out var id) ? id.GetString() : null);
        }

        Assert.Equal("There is none of this name at this moment. Nothing was sent.", Text(records[1], "detail"));
        Assert.Equal(Plain(none, "RemoveAb"), Plain(hidden, "DeleteVm"));
    }

    [Fact]
    public async Task A_backend_that_a_key_does_not_have_is_one_and_a_name_that_is_left_out_is_none()
    {
        await using var first = await Xo.StartAsync();
        await using var second = await Xo.StartAsync();
        var config = _folder.Write("hypergate.yaml", $$"""
            backends:
              - { name: lab, kind: xen-orchestra, url: "{{Xo.Address(first)}}", auth: { token: "{{first.Token}}" } }
              - { name: prod, kind: xen-orchestra, url: "{{Xo.Address(second)}}", auth: { token: "{{second.Token}}" } }
            surfaces: [domains]
            http: { drainSeconds: 0 }
            """);
        var bound = await DoneAsync("keys", "create", "--name", "bound", "--role", "viewer", "--backends", "lab");
        var free = await DoneAsync("keys", "create", "--name", "free", "--role", "viewer");
        await using (var program = await ServedProgram.StartReadyAsync(_folder, [], "--config", config))
        {
            await program.CallAsync("vms_query", """{"operation":"GetVms","backend":"prod"}""", bound);
            await program.CallAsync("vms_query", """{"operation":"GetVms"}""", free);
            await program.CallAsync("vms_query", """{"backend":"prud"}""", free);
            await program.CallAsync("pools_query", """{"operation":"GetVms","backend":"prod"}""", free);
            await program.StopAsync();
        }

        var record = Assert.Single(Lines(await DoneAsync("audit", "search", "--outcome", "refused", "--json")));

        Assert.Equal(("key:bound", "prod", "GetVms"), (Text(record, "caller"), Text(record, "backend"), Text(record, "operation")));
        Assert.Equal("It is hidden from this caller. Nothing was sent.", Text(record, "detail"));
    }

    // What differs in every answer: the name itself, names that are near it, and the number and the times of a run.
    private static string Plain(string body, string name) => Changing().Replace(body.Replace(name, "NAME", StringComparison.Ordinal), "");

    [GeneratedRegex(@" Did you mean [^?]*\?|r_[0-9a-f]+|[0-9]+ ms|elapsed_ms[^,}]*", RegexOptions.None, 1_000)]
    private static partial Regex Changing();

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<JsonElement> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];

    private Task<string> DoneAsync(params string[] arguments) => CommandRun.DoneAsync(_folder, arguments);
}
