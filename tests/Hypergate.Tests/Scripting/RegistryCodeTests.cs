using System.Text.Json;
using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>The composites and examples of the registry's files are JavaScript that runs here as it stands.</summary>
[Collection(SandboxWorkers.Name)]
public sealed class RegistryCodeTests(TestSandbox sandbox)
{
    public static TheoryData<string, string, string> Scripts => [.. Of("composites"), .. Of("examples")];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_of_a_registry_file_parses(string from, string name, string code)
    {
        var fault = await sandbox.Pool.UseAsync(new PoolTurn("", PoolWork.Transform), "check", worker => worker.CheckAsync("script", code, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.True(fault is null, $"{from} {name}: {fault?.Message}");
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_of_a_registry_file_reaches_its_first_call(string from, string name, string code)
    {
        var called = new List<string>();
        var end = await sandbox.RunAsync(
            code,
            (call, _) =>
            {
                lock (called)
                {
                    called.Add(string.Join('.', call.Path));
                }

                return Task.FromResult(new ScriptReply(false, """{"code":"not_found","message":"stop"}"""));
            },
            """{"filters":{},"aggregations":[{"field":"a","type":"count"}],"ids":["1"],"id":"1","project_id":1,"query":"x","field":"a","name":"n","stream_ids":["1"],"task_ids":[1],"labels":["a"],"rules":[],"hostnames":["a"],"txids":["1"],"addresses":["1"],"address":"1","txid":"1","uuid":"1"}""",
            "composite");

        Assert.True(called.Count > 0 || end.Fault is { Code: "script_error" or "not_found" } || end.Json is not null, $"{from} {name}: {end.Fault}");
        Assert.NotEqual("syntax_error", end.Fault?.Code);
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> Of(string kind) => JsonDocument.Parse(File.ReadAllText(Repository.Path("tests", "Hypergate.Tests", "Data", "dadl-code", $"{kind}.json")))
        .RootElement.EnumerateArray().Select(static entry => new TheoryDataRow<string, string, string>(entry.GetProperty("from").GetString()!, entry.GetProperty("name").GetString()!, entry.GetProperty("code").GetString()!));
}
