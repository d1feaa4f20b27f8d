using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.SessionsAndState;

/// <summary>Something with an id that the gateway gives to a caller.</summary>
/// <param name="Get">Gets one.</param>
/// <param name="Use">Brings an id.</param>
/// <param name="End">Uses it up or ends it; null where it does not end by that.</param>
internal sealed partial record StateHandle(Func<Person, Task<string>> Get, Func<Person, string, Task<McpReply>> Use, Func<Person, string, Task>? End)
{
    private const string Tasks = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";
    private const string Elicitation = """{"elicitation":{}}""";

    // What an id was given for; so that who steals it brings the same call.
    private static readonly ConcurrentDictionary<string, string> Calls = new(StringComparer.Ordinal);

    public static StateHandle Of(string name, StateWorld world) => name switch
    {
        "session" => new(
            person => world.Program.InitializeAsync(person.Key),
            (person, id) => world.Program.AskOldAsync(id, "ping", key: person.Key),
            (person, id) => DeleteAsync(world, person, id)),
        "task" => new(
            async person => (await world.Program.CallAsync("vms_action", Tag(world), person.Careful, Tasks)).Message.GetProperty("result").GetProperty("taskId").GetString()!,
            (person, id) => world.Program.AskAsync("tasks/get", $$"""{"taskId":"{{id}}"}""", id, Tasks, ("X-API-Key", person.Careful)),
            null),
        "confirmation" => Once(
            person => ConfirmableAsync(world, person.Key),
            (person, id) => world.Program.CallAsync("vms_action", With(id), person.Key)),
        "approval" => new(
            person => ConfirmableAsync(world, person.Careful),
            (person, id) => world.Program.CallAsync("vms_action", With(id), person.Careful),
            null),
        "question" => Once(
            person => AskedAsync(world, person),
            (person, id) => world.Program.AskAsync(
                "tools/call",
                $$$"""{"name":"vms_action","arguments":{{{CallOf(id)}}},"requestState":{{{SecurityWorld.Quoted(id)}}},"inputResponses":{"confirm":{"action":"accept","content":{"confirm":true} } } }""",
                "vms_action",
                Elicitation,
                ("X-API-Key", person.Key))),
        "paused run" => Once(
            async person => await RunAsync(world, person, Change(world), "run") is var run ? $"{run.GetProperty("run").GetString()}.{run.GetProperty("confirm_token").GetString()}" : "",
            (person, id) => world.Program.CallAsync("execute_code", $$"""{"resume":"{{id.Split('.')[0]}}","confirm_token":"{{id.Split('.')[1]}}"}""", person.Key)),
        "plan" => Once(
            async person =>
            {
                var code = Change(world);
                var token = (await RunAsync(world, person, code, "plan_token", ",\"preview\":true")).GetProperty("plan_token").GetString()!;
                Calls[token] = code;
                return token;
            },
            (person, id) => world.Program.CallAsync("execute_code", $$"""{"code":{{SecurityWorld.Quoted(CallOf(id))}},"confirm_token":"{{id}}"}""", person.Key)),
        "kept result" => new(
            async person => (await RunAsync(world, person, "return 'a secret of mine'", "run")).GetProperty("run").GetString()!,
            (person, id) => world.Program.CallAsync("execute_code", $$"""{"code":"return await hypergate.previous('{{id}}')"}""", person.Key),
            null),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such handle."),
    };

    /// <summary>An id of the same form that was never given out.</summary>
    public static string Invented(string id)
    {
        var other = id[..^8] + string.Concat(id[^8..].Select(static c => char.IsAsciiHexDigit(c) ? "0123456789abcdef"[(Convert.ToInt32(c.ToString(), 16) + 7) % 16] : c));
        Calls.TryAdd(other, CallOf(id));
        return other;
    }

    /// <summary>Whether an answer is an error of any form.</summary>
    public static bool IsRefused(McpReply reply) => !reply.Status.Equals(System.Net.HttpStatusCode.OK) || reply.Message.TryGetProperty("error", out _) || reply.Message.IsToolError || reply.Body.Contains("\\\"error\\\":", StringComparison.Ordinal);

    /// <summary>What differs between any two answers: numbers of runs and times.</summary>
    [GeneratedRegex("r_[0-9a-f]{16}|elapsed_ms[^,}]*|[0-9]+ ms", RegexOptions.None, 1_000)]
    public static partial Regex Changing();

    private static StateHandle Once(Func<Person, Task<string>> get, Func<Person, string, Task<McpReply>> use) => new(get, use, (person, id) => use(person, id));

    private static string CallOf(string id) => Calls.GetValueOrDefault(id) ?? Calls.FirstOrDefault(pair => pair.Key.StartsWith(id[..(id.Length / 2)], StringComparison.Ordinal)).Value ?? "";

    private static string Tag(StateWorld world) => $$"""{"operation":"PutVmTag","id":"{{world.NextVm()}}","tag":"one"}""";

    private static string Change(StateWorld world) => $"await api.PutVmTag({{ id: '{world.NextVm()}', tag: 'one' }})";

    private static string With(string token) => $"{CallOf(token)[..^1]},\"confirm_token\":\"{token}\"}}";

    private static async Task<string> ConfirmableAsync(StateWorld world, string key)
    {
        var call = Tag(world);
        var token = Answers.Token((await world.Program.CallAsync("vms_action", call, key)).Message.Text);
        Calls[token] = call;
        return token;
    }

    private static async Task<string> AskedAsync(StateWorld world, Person person)
    {
        var call = Tag(world);
        var reply = await world.Program.CallAsync("vms_action", call, person.Key, Elicitation);
        var state = reply.Message.GetProperty("result").GetProperty("requestState").GetString()!;
        Calls[state] = call;
        return state;
    }

    private static async Task<JsonElement> RunAsync(StateWorld world, Person person, string code, string wanted, string more = "")
    {
        var reply = await world.Program.CallAsync("execute_code", $$"""{"code":{{SecurityWorld.Quoted(code)}}{{more}}}""", person.Key);
        var answer = reply.Message.GetProperty("result").GetProperty("structuredContent");
        Assert.True(answer.TryGetProperty(wanted, out _), reply.Body);
        return answer;
    }

    private static async Task DeleteAsync(StateWorld world, Person person, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, world.Program.Address);
        request.Headers.Add("Mcp-Session-Id", id);
        request.Headers.Add("X-API-Key", person.Key);
        using var response = await world.Program.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
    }
}
