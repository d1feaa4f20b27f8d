using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Scripting;

/// <summary>Real workers for all tests of a run; two at a time.</summary>
public sealed class TestSandbox : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hypergate-sandbox-{Guid.NewGuid():n}");

    public TestSandbox() => Sandbox = new(new ScriptingSettings { Workers = 2 }, _folder, TimeProvider.System, NullLogger.Instance);

    internal Sandbox Sandbox { get; }

    internal ScriptPool Pool => Sandbox.Pool;

    /// <summary>Runs a script whose calls are answered by <paramref name="handler"/>.</summary>
    internal Task<ScriptEnd> RunAsync(string code, ScriptCallHandler? handler = null, string args = "{}", string kind = "script")
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { [kind == "script" ? "args" : kind == "gate" ? "ctx" : "params"] = args };
        var job = new ScriptJob(kind, code, variables, [new("xo", "xen-orchestra", "Xen Orchestra")]);
        var cancellation = TestContext.Current.CancellationToken;
        return Pool.UseAsync(new PoolTurn(Guid.NewGuid().ToString(), PoolWork.Script), "script", worker => worker.RunAsync(job, handler ?? Nothing, cancellation), cancellation);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static Task<ScriptReply> Nothing(ScriptCall call, CancellationToken cancellationToken) => Task.FromResult(new ScriptReply(true, "null"));
}

[CollectionDefinition(Name)]
public sealed class SandboxWorkers : ICollectionFixture<TestSandbox>
{
    public const string Name = "sandbox";
}
