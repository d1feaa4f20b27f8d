using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Scripting;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.Dadl;
using Hypergate.Tools;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Transforms, filters and composites of published files, run by real workers in a whole gateway.</summary>
public sealed class DadlScriptTests
{
    [Fact]
    public async Task A_transform_that_is_every_tools_hides_what_it_hides()
    {
        await using var api = await StartAsync("opnsense", DadlApi.Json("""{"rows":[{"uuid":"1","password":"hunter2","descr":"x"}],"rowCount":1,"total":1,"current":1}"""));
        var operation = api.Operations.First(static operation => operation.Rules is { Response.IsDefaultTransform: true, IsOffered: true } && operation.Parameters.All(static parameter => !parameter.Required) && operation.Access == Access.Read);

        var done = Assert.IsType<Outcome.Done>(await api.CallAsync(operation, JsonElement.Parse("{}")));

        Assert.DoesNotContain("hunter2", done.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("descr", done.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transform_that_fails_fails_the_call()
    {
        await using var api = await DadlApi.StartAsync("  tools: { look: { method: GET, path: /look, access: read, description: Look, response: { transform: \".a.b\" } } }\n", null, DadlApi.Json("""{"a":[1]}"""));

        Assert.Equal("transform_failed", (await api.ErrorAsync("look")).Code);
    }

    [Fact]
    public async Task A_program_that_does_not_compile_is_told_when_the_file_is_read()
    {
        await using var api = await DadlApi.StartAsync("""
              tools:
                good: { method: GET, path: /good, access: read, description: Good, response: { transform: ".a" } }
                bad:
                  method: GET
                  path: /bad
                  access: read
                  description: Bad
                  response:
                    transform: ".a |"

            """, null, DadlApi.Json("""{"a":1}"""));

        var bad = api.Operations.Single(static operation => operation.Name == "bad").Rules!.Unavailable;

        Assert.Matches(@"the jq program does not compile: .* \(line \d+, column \d+ of the file\)", bad);
        Assert.Matches(@"^\d+:\d+, D050: ", Assert.Single(api.Gateway.Parts.Catalog.Current.Find("api")!.Warnings));
        Assert.Equal("1", (await api.DoneAsync("good")).Value.GetRawText());
    }

    [Fact]
    public async Task A_callers_filter_sees_nothing_of_what_is_hidden()
    {
        await using var api = await DadlApi.StartAsync(
            "  tools: { look: { method: GET, path: /look, access: read, description: Look, response: { allow_jq_override: true, redact: [$.secret] } } }\n", null, DadlApi.Json("""{"secret":"s","a":[1,2]}"""));

        Assert.Equal("""["[REDACTED]",3]""", (await api.DoneAsync("look", """{"_jq":"[.secret, (.a|add)]"}""")).Value.GetRawText());
        Assert.Equal("invalid_input", (await api.ErrorAsync("look", """{"_jq":"--version"}""")).Code);
    }

    [Trait("case", "internal_underscore_tool")]
    [Fact]
    public async Task A_composite_reads_merges_and_writes_through_a_tool_that_nobody_else_sees()
    {
        var server = LoopbackServer.Answering(static (request, _) => request.Method == "GET" ? DadlApi.Json("""{"id":7,"title":"old","description":"keep","done":false,"priority":2}""") : DadlApi.Json(request.Body));
        await using var api = await DadlApi.StartFileAsync(await TextOf("vikunja"), null, server);

        var done = await api.DoneAsync("update_task", """{"id":7,"title":"new"}""");

        Assert.Equal("new", done.Value.GetProperty("title").GetString());
        Assert.Equal("keep", done.Value.GetProperty("description").GetString());
        Assert.True(server.Requests.Count >= 2);
        Assert.DoesNotContain(api.Gateway.Tools.Current, static tool => tool.Name.Contains("_raw", StringComparison.Ordinal));
        Assert.Equal("authorization", Assert.IsType<Outcome.Refused>(await api.CallAsync("_update_task_raw", """{"id":7}""")).Policy);
    }

    [Fact]
    public async Task A_failure_within_a_composite_is_its_failure_with_all_parts()
    {
        var server = LoopbackServer.Answering(static (_, _) => DadlApi.Json("""{"message":"no such task","code":4002}""", 404));
        await using var api = await DadlApi.StartFileAsync(await TextOf("vikunja"), null, server);

        var error = await api.ErrorAsync("update_task", """{"id":7,"title":"new"}""");

        Assert.Equal(("not_found", 404, "4002"), (error.Code, error.HttpStatus!.Value, error.ProviderCode));
        Assert.Contains("no such task", error.Message, StringComparison.Ordinal);
    }

    [Trait("case", "composite_inner_call_not_permitted")]
    [Fact]
    public async Task A_composite_may_not_call_what_its_caller_may_not()
    {
        const string File = """
              tools:
                drop: { method: DELETE, path: /x, access: dangerous, description: Drop }
              composites:
                tidy: { description: Tidy, code: "return await api.drop({})", params: {} }
            """;
        await using var api = await DadlApi.StartAsync(File, new DadlWishes { Settings = static settings => settings with { AccessOverrides = new Dictionary<string, string>(StringComparer.Ordinal) { ["tidy"] = "read" } } });

        var outcome = await api.Gateway.Parts.Pipeline.RunAsync(
            new Call { Backend = "api", Operation = api.Find("tidy"), Caller = new Caller("key:viewer", [Roles.All[0]]), Arguments = JsonElement.Parse("{}") }, TestContext.Current.CancellationToken);

        Assert.IsNotType<Outcome.Done>(outcome);
        Assert.Empty(api.Server.Requests);
    }

    [Fact]
    public async Task A_composite_is_agreed_to_once_with_what_it_calls()
    {
        var server = LoopbackServer.Answering(static (request, _) => request.Method == "GET" ? DadlApi.Json("""{"id":7,"title":"old"}""") : DadlApi.Json(request.Body));
        await using var api = await DadlApi.StartFileAsync(await TextOf("vikunja"), null, server);
        var questions = new List<string>();
        var asking = new Conversation(static _ => { }, (question, _) =>
        {
            questions.Add(question.Text);
            return Task.FromResult(new Answer(true, question.Seal, "test"));
        });

        await api.Gateway.Parts.Pipeline.RunAsync(
            new Call { Backend = "api", Operation = api.Find("update_task"), Caller = Caller.LocalUser, Arguments = JsonElement.Parse("""{"id":7,"title":"new"}"""), Conversation = asking }, TestContext.Current.CancellationToken);

        Assert.Contains("_update_task_raw", Assert.Single(questions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("graylog")]
    [InlineData("mempool")]
    [InlineData("opnsense")]
    [InlineData("shelly-cloud")]
    [InlineData("vikunja")]
    public async Task Each_composite_of_a_published_file_runs_and_sends_requests(string name)
    {
        await using var api = await StartAsync(name, DadlApi.Json("""{"id":1,"rows":[],"data":{},"tasks":[],"messages":[]}"""));
        foreach (var composite in api.Operations.Where(static operation => operation.Rules is { Composite: not null }))
        {
            var before = api.Server.Requests.Count;
            var outcome = await api.CallAsync(composite, Hypergate.Tests.Tools.AllOperations.ExampleArguments.ForAny(composite, optional: false));

            // What it makes of an answer that says nothing is its own affair: that it runs and asks is not.
            Assert.True(api.Server.Requests.Count > before || outcome is Outcome.Failed { Error.Code: "script_error" }, $"{composite.Name}: {outcome}");
            Assert.DoesNotContain("Node.js", outcome.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_the_engine_what_needs_it_is_not_offered_and_says_why()
    {
        var wishes = new DadlWishes { Scripting = new ScriptingSettings { Node = "/nowhere/node" } };
        await using var api = await DadlApi.StartFileAsync(await TextOf("shelly-cloud"), wishes, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal("needs Node.js 20 or later", api.Operations.Single(static operation => operation.Rules is { Composite: not null }).Rules!.Unavailable);
        Assert.Equal("needs Node.js 20 or later for its jq transform", api.Find("get_all_device_status").Rules!.Unavailable);
        Assert.DoesNotContain(api.Gateway.Tools.Current, static tool => tool.Name == "api_get_all_device_status");
        Assert.Contains(api.Operations, static operation => operation.Rules!.IsOffered);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("api.broken")]
    [InlineData("api_broken")]
    [InlineData("mcp__hypergate__api_broken")]
    public async Task Why_a_tool_cannot_be_used_is_told_by_every_name_that_finds_it(string name)
    {
        await using var api = await DadlApi.StartAsync(
            "  tools:\n    broken: { method: GET, path: \"/it/{uid}\", access: read, description: It, params: { id: { type: string, in: query } } }\n    fine: { method: GET, path: /it, access: read, description: It }\n",
            new DadlWishes { Surfaces = [Surface.Search] });

        var tool = api.Gateway.Tools.Current.Single(static known => known.Name == "describe_operation");
        var result = await tool.Run(new ToolRequest(Caller.LocalUser, JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["operation"] = name }), Conversation.Silent), TestContext.Current.CancellationToken);

        Assert.Equal("broken is not available: {uid} has no parameter; did you mean id?", result.Text);
    }

    private static async Task<DadlApi> StartAsync(string file, params byte[][] answers) => await DadlApi.StartFileAsync(
        await TextOf(file),
        new DadlWishes { Auth = new BackendSettingsAuth { Token = new Secret("t"), Username = "u", Password = new Secret("p") } },
        LoopbackServer.Answering(answers));

    private static Task<string> TextOf(string name) => File.ReadAllTextAsync(DadlFiles.Path(name), TestContext.Current.CancellationToken);
}
