using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.ProxmoxVe.Faults;

/// <summary>
/// Faults for whoever runs the cluster as a process: <c>POST /simulator/faults</c> adds one, <c>DELETE /simulator/faults</c> ends all,
/// <c>PUT /simulator/state</c> changes what is up. Needs the header <c>Authorization: PVEAPIToken=ID=SECRET</c> of the printed token.
/// </summary>
internal sealed class FaultControl(ProxmoxSimulator simulator)
{
    private const string Prefix = "/simulator";

    /// <summary>Handles a request below <c>/simulator/</c>; false where it is none.</summary>
    public async Task<bool> TryHandleAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest))
        {
            return false;
        }

        http.Response.StatusCode = 401;
        if (http.Request.Headers.Authorization == $"PVEAPIToken={simulator.TokenId}={simulator.TokenSecret}")
        {
            await RunAsync(http, rest);
        }

        return true;
    }

    private async Task RunAsync(HttpContext http, PathString path)
    {
        try
        {
            http.Response.StatusCode = 204;
            switch (http.Request.Method, path.Value)
            {
                case ("POST", "/faults"):
                    simulator.Faults.Add(Read(await BodyAsync(http)));
                    break;
                case ("DELETE", "/faults"):
                    simulator.Faults.Clear();
                    break;
                case ("PUT", "/state"):
                    StateControl.Apply(simulator, await BodyAsync(http));
                    break;
                default:
                    http.Response.StatusCode = 404;
                    break;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync($"This is no fault: {exception.Message}\n");
        }
    }

    private static async Task<JsonObject> BodyAsync(HttpContext http) =>
        await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject
        ?? throw new FormatException("A JSON object is expected.");

    private static Fault Read(JsonObject body)
    {
        var known = new HashSet<string>(StringComparer.Ordinal)
        {
            "path", "method", "times", "delayMilliseconds", "status", "text", "statusAfter", "refuse", "cut", "truncate", "emptyLists", "repeatRows",
            "staleDigest", "task", "taskType",
        };
        if (body.Select(static property => property.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new FormatException($"'{unknown}' is not known; known are {string.Join(", ", known)}.");
        }

        return new Fault
        {
            Path = body["path"]?.GetValue<string>() ?? "**",
            Method = body["method"]?.GetValue<string>(),
            Times = body["times"]?.GetValue<int>(),
            Delay = TimeSpan.FromMilliseconds(body["delayMilliseconds"]?.GetValue<double>() ?? 0),
            Status = body["status"]?.GetValue<int>(),
            Text = body["text"]?.GetValue<string>(),
            StatusAfter = body["statusAfter"]?.GetValue<int>(),
            Refuse = body["refuse"]?.GetValue<bool>() ?? false,
            Cut = Choice<FaultCut>(body["cut"]),
            Truncate = body["truncate"]?.GetValue<bool>() ?? false,
            EmptyLists = body["emptyLists"]?.GetValue<bool>() ?? false,
            RepeatRows = body["repeatRows"]?.GetValue<int>() ?? 1,
            StaleDigest = body["staleDigest"]?.GetValue<bool>() ?? false,
            Task = Choice<TaskFault>(body["task"]),
            TaskType = body["taskType"]?.GetValue<string>(),
        };
    }

    private static T Choice<T>(JsonNode? node)
        where T : struct, Enum => node is null ? default : Enum.Parse<T>(node.GetValue<string>(), ignoreCase: true);
}
