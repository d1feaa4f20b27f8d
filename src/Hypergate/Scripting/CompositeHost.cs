using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Scripting;

/// <summary>Runs composites on the workers.</summary>
internal sealed class CompositeHost(ScriptPool pool, ScriptLimits limits, TimeProvider time)
{
    private const string Api = "api";
    private const string Code = "script_error";

    /// <summary>As <see cref="CompositeRunner"/>.</summary>
    public async Task<CompositeResult> RunAsync(string code, JsonElement parameters, CompositeCall call, CancellationToken cancellation)
    {
        var job = new ScriptJob("composite", code, new Dictionary<string, string>(StringComparer.Ordinal) { ["params"] = ScriptJson.Of(parameters) }, []).Under(limits);
        using var calls = new CompositeCalls(call, limits);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(limits.CompositeSeconds), time);
        try
        {
            using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellation, calls.Exceeded, late.Token);
            var end = await pool.UseAsync(new PoolTurn(Api, PoolWork.Composite), "composite", worker => worker.RunAsync(job, calls.AnswerAsync, run.Token), run.Token);
            cancellation.ThrowIfCancellationRequested();
            return late.IsCancellationRequested && end.Json is null ? Late() : ResultOf(end, calls);
        }
        catch (OperationCanceledException) when (calls.Exceeded.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Failed(calls.Limit);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return Late();
        }
        catch (SandboxException exception)
        {
            return Failed(new(exception.Code, exception.Message));
        }
    }

    private CompositeResult Late() =>
        Failed(new("timeout", $"It did not end within {limits.CompositeSeconds} s ({limits.Setting("compositeSeconds")}); what it has changed by then stays."));

    private CompositeResult ResultOf(ScriptEnd end, CompositeCalls calls)
    {
        if (calls.Exceeded.IsCancellationRequested)
        {
            return new(default, calls.Limit, end.Log);
        }

        return end.Fault is { } fault
            ? new(default, CompositeCalls.ErrorOf(fault) ?? new(fault.Code, fault.Code == Code ? $"{fault.Name}: {fault.Message}{Place(fault)}" : fault.Message + limits.Beside(fault) + Place(fault)), end.Log)
            : new(JsonElement.Parse(end.Json!), null, end.Log);
    }

    private static string Place(ScriptFault fault) => fault.Line is { } line ? $" (line {line})" : "";

    private static CompositeResult Failed(CallError error) => new(default, error, []);
}
