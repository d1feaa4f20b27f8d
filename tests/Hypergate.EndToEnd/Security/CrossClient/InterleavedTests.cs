using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.CrossClient;

/// <summary>Suite S8: 20 ways to ask, each by eight callers at once, more than 10,000 calls in all: no byte of another caller's world.</summary>
[Trait("Suite", "S8")]
[Trait("Rule", "R-OWN")]
[Trait("Aisvs", "10.2.6")]
[Trait("Mcp", "MCP10")]
public sealed class InterleavedTests(SaltedWorlds worlds) : IClassFixture<SaltedWorlds>
{
    private const int Rounds = 63;

    public static IReadOnlyList<string> Ways { get; } =
    [
        "list", "list as JSON", "list by a filter", "list by a foreign name", "page by page", "one", "one of another caller", "one in a session", "hosts", "pools", "storages", "search", "call by name", "query",
        "query by a foreign name", "fleet", "resource", "resources of a type", "completion", "who am I",
    ];

    public static TheoryData<string> Cases => [.. Ways];

    [Fact]
    public void The_suite_is_complete()
    {
        Assert.Equal(20, Cases.Count);
        Assert.True(Cases.Count * Rounds * SaltedWorlds.Callers >= 10_000);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Interleaved_calls_hold_no_foreign_byte(string way) => Task.WhenAll(worlds.All.Select(async caller =>
    {
        for (var round = 0; round < Rounds; round++)
        {
            var other = worlds.All[(caller.Number + 1 + (round % (SaltedWorlds.Callers - 1))) % SaltedWorlds.Callers];
            var (reply, own) = await AskAsync(way, caller, other, round);

            Assert.Equal(HttpStatusCode.OK, reply.Status);
            Assert.True(own is null || reply.Body.Contains(own, StringComparison.Ordinal), $"{way}: {reply.Body}");
            AssertNothingOf(worlds.All.Where(one => one != caller && (one != other || !Names(way))), reply.Body);
            if (Names(way))
            {
                // What was asked for by its name may be repeated; what it is may not be told.
                Assert.DoesNotContain(other.Ids.Where(id => id != other.Ids[round % other.Ids.Count]), id => reply.Body.Contains(id, StringComparison.Ordinal));
            }
        }
    }));

    private static bool Names(string way) => way is "list by a foreign name" or "one of another caller" or "query by a foreign name";

    private static void AssertNothingOf(IEnumerable<SaltedCaller> others, string body)
    {
        foreach (var other in others)
        {
            Assert.DoesNotContain(other.Marker, body, StringComparison.Ordinal);
            Assert.DoesNotContain(other.Ids, id => body.Contains(id, StringComparison.Ordinal));
            Assert.DoesNotContain($"\"b{other.Number}\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain($"key:caller{other.Number}", body, StringComparison.Ordinal);
        }
    }

    private async Task<(McpReply Reply, string? Own)> AskAsync(string way, SaltedCaller caller, SaltedCaller other, int round)
    {
        var id = caller.Ids[round % caller.Ids.Count];
        var foreign = other.Ids[round % other.Ids.Count];
        return way switch
        {
            "list" => (await VmsAsync(caller, "\"fields\":\"id,name_label\""), id),
            "list as JSON" => (await VmsAsync(caller, "\"fields\":\"id,name_label,tags\",\"format\":\"json\""), caller.Marker),
            "list by a filter" => (await VmsAsync(caller, "\"filter\":\"name_label:marker\",\"fields\":\"name_label\""), caller.Marker),
            "list by a foreign name" => (await VmsAsync(caller, $"\"filter\":\"name_label:{other.Marker}\",\"fields\":\"id,name_label\""), null),
            "page by page" => (await VmsAsync(caller, "\"fields\":\"id,name_label\",\"limit\":2"), caller.Marker),
            "one" => (await CallAsync(caller, "vms_query", $$"""{"operation":"GetVm","id":"{{id}}"}"""), id),
            "one of another caller" => (await CallAsync(caller, "vms_query", $$"""{"operation":"GetVm","id":"{{foreign}}"}"""), "isError"),
            "one in a session" => (await worlds.Program.AskOldAsync(caller.Session, "tools/call", $$$"""{"name":"vms_query","arguments":{"operation":"GetVm","id":"{{{id}}}"} }""", caller.Key), id),
            "hosts" => (await CallAsync(caller, "hosts_query", """{"operation":"GetHosts","fields":"name_label"}"""), caller.Marker),
            "pools" => (await CallAsync(caller, "pools_query", """{"operation":"GetPools","fields":"name_label"}"""), caller.Marker),
            "storages" => (await CallAsync(caller, "srs_query", """{"operation":"GetSrs","fields":"name_label"}"""), caller.Marker),
            "search" => (await CallAsync(caller, "search_operations", """{"query":"list virtual machines"}"""), "GetVms"),
            "call by name" => (await CallAsync(caller, "call_operation", """{"operation":"GetVms","arguments":{"fields":"name_label"} }"""), caller.Marker),
            "query" => (await CallAsync(caller, "execute_query", """{"query":"SELECT name, backend FROM guests LIMIT 5"}"""), caller.Marker),
            "query by a foreign name" => (await CallAsync(caller, "execute_query", $$"""{"query":"SELECT id, name FROM guests WHERE name LIKE '{{other.Marker}}%' OR id = '{{foreign}}' LIMIT 5"}"""), null),
            "fleet" => (await CallAsync(caller, "list_vms", "{}"), caller.Marker),
            "resource" => (await ReadAsync(caller, $"hypergate://backends/b{caller.Number}/objects/guests/{id}"), id),
            "resources of a type" => (await ReadAsync(caller, $"hypergate://backends/b{caller.Number}/objects/guests"), caller.Marker),
            "completion" => (await worlds.Program.AskAsync(
                "completion/complete",
                $$$"""{"ref":{"type":"ref/resource","uri":"hypergate://backends/{backend}/objects/{type}/{object}"},"argument":{"name":"object","value":"marker"},"context":{"arguments":{"backend":"b{{{caller.Number}}}","type":"guests"} } }""",
                null, "{}", ("X-API-Key", caller.Key)), caller.Marker),
            _ => (await CallAsync(caller, "whoami", "{}"), $"key:caller{caller.Number}"),
        };
    }

    private Task<McpReply> VmsAsync(SaltedCaller caller, string more) => CallAsync(caller, "vms_query", $$"""{"operation":"GetVms",{{more}}}""");

    private Task<McpReply> CallAsync(SaltedCaller caller, string tool, string arguments) => worlds.Program.CallAsync(tool, arguments, caller.Key);

    private Task<McpReply> ReadAsync(SaltedCaller caller, string address) => worlds.Program.AskAsync("resources/read", $$"""{"uri":"{{address}}"}""", address, "{}", ("X-API-Key", caller.Key));
}
