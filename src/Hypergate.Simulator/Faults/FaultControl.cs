using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.Faults;

/// <summary>
/// Faults for whoever runs the platform as a process: <c>POST /simulator/faults</c> adds one, <c>DELETE /simulator/faults</c> ends all,
/// <c>PUT</c> turns the switches of a face: <c>/simulator/mcp</c> with <c>{"enabled": false}</c> that of Xen Orchestra's administrator.
/// Needs a credential that the simulator printed.
/// </summary>
/// <param name="board">The faults.</param>
/// <param name="read">A fault out of a body; throws where it is none.</param>
/// <param name="mayControl">Whether a request has the credential.</param>
internal sealed class FaultControl<TFault>(FaultBoard<TFault> board, Func<JsonObject, TFault> read, Predicate<HttpContext> mayControl)
    where TFault : RequestFault
{
    private const string Prefix = "/simulator";

    /// <summary>What is turned with PUT, by its path below the prefix.</summary>
    public Dictionary<string, Action<JsonObject>> Switches { get; } = new(StringComparer.Ordinal);

    /// <summary>Handles what lies below <c>/simulator/</c>, and leaves the rest to the platform.</summary>
    public RequestDelegate Before(RequestDelegate platform) => async http =>
    {
        if (!http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest))
        {
            await platform(http);
        }
        else if (mayControl(http))
        {
            await RunAsync(http, rest);
        }
        else
        {
            http.Response.StatusCode = 401;
        }
    };

    private async Task RunAsync(HttpContext http, PathString path)
    {
        try
        {
            http.Response.StatusCode = (http.Request.Method, path.Value) switch
            {
                ("POST", "/faults") => Add(await BodyAsync(http)),
                ("DELETE", "/faults") => Clear(),
                ("PUT", { } name) when Switches.TryGetValue(name, out var turn) => Switch(turn, await BodyAsync(http)),
                _ => 404,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync($"This is no fault: {exception.Message}\n");
        }
    }

    private int Add(JsonObject body)
    {
        board.Add(read(body));
        return 204;
    }

    private int Clear()
    {
        board.Clear();
        return 204;
    }

    private static int Switch(Action<JsonObject> turn, JsonObject body)
    {
        turn(body);
        return 204;
    }

    private static async Task<JsonObject> BodyAsync(HttpContext http) =>
        await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject
        ?? throw new FormatException("A JSON object is expected.");
}
