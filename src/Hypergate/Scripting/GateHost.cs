using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Text;

namespace Hypergate.Scripting;

/// <summary>Runs the scripts of gates on the workers, each in an isolate of its own. What does not come to its end refuses.</summary>
internal sealed class GateHost(ScriptPool pool)
{
    private const int ProcessorMilliseconds = 500;

    // The engine itself takes 16 MB of them.
    private const int MemoryMegabytes = 26;
    private const int LongestContext = 10 * 1024 * 1024;
    private const int LongestReason = 1_000;
    private const string Nobody = "";

    /// <summary>As <see cref="GateRunner"/>.</summary>
    public async Task<GateResult> RunAsync(string code, JsonElement context, string open, CancellationToken cancellation)
    {
        var json = ScriptJson.Of(context);
        if (json.Length > LongestContext)
        {
            return Refused($"it is given more than {LongestContext >> 20} MB");
        }

        var job = new ScriptJob("gate", code, new Dictionary<string, string>(StringComparer.Ordinal) { ["ctx"] = json }, [])
        {
            Open = open,
            ProcessorMilliseconds = ProcessorMilliseconds,
            MemoryMegabytes = MemoryMegabytes,
        };
        try
        {
            var end = await pool.UseAsync(new PoolTurn(Nobody, PoolWork.Transform), "gate", worker => worker.RunAsync(job, NoCalls, cancellation), cancellation);
            cancellation.ThrowIfCancellationRequested();
            return end.Fault is { } fault ? Refused(ReasonOf(fault)) : ResultOf(end, JsonElement.Parse(json).GetProperty(open), context.GetProperty(open));
        }
        catch (SandboxException exception)
        {
            return Refused(exception.Message);
        }
    }

    // What the script left alone stays as it was, digits and all.
    private static GateResult ResultOf(ScriptEnd end, JsonElement given, JsonElement original)
    {
        var value = JsonElement.Parse(end.Json!);
        return new(JsonElement.DeepEquals(value, given) ? original : value, null);
    }

    private static GateResult Refused(string why) => new(default, CleanText.Line(why, LongestReason));

    // Its own words where it throws them; else what went wrong with it.
    private static string ReasonOf(ScriptFault fault) =>
        fault.Code == "script_error" && fault.Name == "Error" ? fault.Message : $"its script failed: {fault.Name}: {fault.Message}";

    private static Task<ScriptReply> NoCalls(ScriptCall call, CancellationToken cancellationToken) =>
        Task.FromResult(new ScriptReply(false, ToolErrorJson.Of("unknown_operation", "a gate calls nothing")));
}
