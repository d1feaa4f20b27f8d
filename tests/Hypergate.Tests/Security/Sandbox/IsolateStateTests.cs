using System.Text.Json;
using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>Two callers on one and the same worker: nothing of the first is there for the second.</summary>
public sealed class IsolateStateTests
{
    [Fact]
    [Trait("case", "state_between_callers")]
    public async Task Globals_freed_memory_and_counters_of_one_caller_are_not_there_for_the_next()
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-state-").FullName;
        await using var sandbox = new Hypergate.Scripting.Sandbox(new ScriptingSettings { Workers = 1 }, folder, TimeProvider.System, NullLogger.Instance);
        var numbers = new List<int>();

        await RunAsync(sandbox, "anna", "globalThis.left = 's3cret'; Array.prototype.left = 's3cret'; let kept = []; for (let i = 0; i < 200; i++) kept.push(new Uint8Array(1e5).fill(0x5a)); kept = null; await api.xo.a({}); await api.xo.b({})", numbers);
        var seen = await RunAsync(sandbox, "berta", "let found = 0; for (let i = 0; i < 200; i++) { const bytes = new Uint8Array(1e5); for (let at = 0; at < bytes.length; at += 97) found += bytes[at] === 0x5a } await api.xo.c({}); return [globalThis.left ?? null, [].left ?? null, found]", numbers);

        Assert.Equal("[null,null,0]", seen);
        Assert.Equal([1, 2, 1], numbers);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("case", "reply_to_unknown_call")]
    public async Task An_answer_to_a_call_that_the_script_does_not_wait_for_harms_nobody()
    {
        var folder = Directory.CreateTempSubdirectory("hypergate-state-").FullName;
        var process = new WorkerProcess(await new NodeProbe(new ScriptingSettings()).FindAsync(TestContext.Current.CancellationToken), WorkerFile.Find(), folder, NullLogger.Instance);
        var connection = process.Start();
        using var said = new StreamReader(connection.FromWorker);
        await TellAsync(connection, """{"t":"hello","protocol":1,"nonce":"n","limits":{"cpu_ms":5000,"stack_kb":64,"memory_mb":64,"log_lines":9,"log_bytes":999,"result_bytes":9999}}""");
        await TellAsync(connection, """{"t":"reply","job":"j","call":1,"ok":true,"json":"1"}""");
        await TellAsync(connection, """{"t":"run","job":"j","kind":"script","code":"return await api.xo.a({})","vars":{},"backends":[]}""");
        await UntilAsync(said, "call");
        foreach (var reply in (string[])["""{"t":"reply","job":"j","call":7,"ok":true,"json":"\"seven\""}""", """{"t":"reply","job":"other","call":1,"ok":true,"json":"\"other\""}""", """{"t":"reply","job":"j","call":1,"ok":true,"json":"\"right\""}""", """{"t":"reply","job":"j","call":1,"ok":true,"json":"\"twice\""}"""])
        {
            await TellAsync(connection, reply);
        }

        Assert.Equal("\"right\"", (await UntilAsync(said, "end")).GetProperty("json").GetString());
        connection.Kill();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonElement> UntilAsync(StreamReader said, string type)
    {
        while (true)
        {
            var message = JsonElement.Parse((await said.ReadLineAsync(TestContext.Current.CancellationToken))!);
            if (message.GetProperty("t").GetString() == type)
            {
                return message;
            }
        }
    }

    private static async Task TellAsync(WorkerConnection connection, string line)
    {
        await connection.ToWorker.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
        await connection.ToWorker.FlushAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string?> RunAsync(Hypergate.Scripting.Sandbox sandbox, string caller, string code, List<int> numbers)
    {
        var job = new ScriptJob("script", code, new Dictionary<string, string>(StringComparer.Ordinal), []);
        var cancellation = TestContext.Current.CancellationToken;
        var end = await sandbox.Pool.UseAsync(new PoolTurn(caller, PoolWork.Script), "script", worker => worker.RunAsync(
            job,
            (call, _) =>
            {
                numbers.Add(call.Number);
                return Task.FromResult(new ScriptReply(true, "null"));
            },
            cancellation), cancellation);
        Assert.Null(end.Fault);
        return end.Json;
    }
}
