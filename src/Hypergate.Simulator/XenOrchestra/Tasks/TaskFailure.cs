using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;

namespace Hypergate.Simulator.XenOrchestra.Tasks;

/// <summary>The <c>result</c> of a failed task: code, params, call, message, name and stack, as far as there are any.</summary>
internal static class TaskFailure
{
    public static JsonObject Of(XoError error)
    {
        var result = (JsonObject?)error.TaskResult?.DeepClone() ?? [];
        var message = result["message"]?.GetValue<string>() ?? error.Message;
        var name = result["name"]?.GetValue<string>() ?? (result.ContainsKey("code") ? "XapiError" : "XoError");
        if (error.ErrorData is { } data && !result.ContainsKey("code"))
        {
            result["data"] = data.DeepClone();
        }

        result["message"] = message;
        result["name"] = name;
        result["stack"] ??= Stack(name, message);
        return result;
    }

    public static JsonObject Aborted() => new()
    {
        ["message"] = "The operation was aborted",
        ["name"] = "AbortError",
        ["stack"] = Stack("AbortError", "The operation was aborted"),
    };

    // Real servers show paths of their disk here; clients must not pass them on, and need some to prove it.
    private static string Stack(string name, string message) =>
        $"{name}: {message}\n    at run (file:///opt/simulated-xo/tasks/run.mjs:16:12)\n    at file:///opt/simulated-xo/rest/actions.mjs:38:21";
}
