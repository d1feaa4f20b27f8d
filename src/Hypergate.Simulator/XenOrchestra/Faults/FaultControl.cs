using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Faults;

/// <summary>
/// Faults for whoever runs the data centre as a process: <c>POST /simulator/faults</c> adds one, <c>DELETE /simulator/faults</c>
/// ends all, <c>PUT</c> turns the switches of a face: <c>/simulator/mcp</c> with <c>{"enabled": false}</c> that of Xen Orchestra's
/// administrator. Needs a credential that the data centre printed.
/// </summary>
internal sealed class FaultControl(FaultBoard board, Predicate<HttpContext> mayControl)
{
    private const string Prefix = "/simulator";

    /// <summary>What is turned with PUT, by its path below the prefix.</summary>
    public Dictionary<string, Action<JsonObject>> Switches { get; } = new(StringComparer.Ordinal);

    /// <summary>Handles a request below <c>/simulator/</c>; false where it is none.</summary>
    public async Task<bool> TryHandleAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest))
        {
            return false;
        }

        if (mayControl(http))
        {
            await RunAsync(http, rest);
        }
        else
        {
            http.Response.StatusCode = 401;
        }

        return true;
    }

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
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync($"This is no fault: {exception.Message}\n");
        }
    }

    private int Add(JsonObject body)
    {
        board.Add(Read(body));
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

    private static Fault Read(JsonObject body)
    {
        var known = new HashSet<string>(StringComparer.Ordinal)
        {
            "path", "method", "times", "rate", "delayMilliseconds", "status", "retryAfter", "hang", "cut", "truncate", "contentType", "gzip",
            "dripBytesPerSecond", "redirectTo", "taskNeverEnds", "expiredToken",
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
            Rate = body["rate"]?.GetValue<double>() ?? 1,
            Delay = TimeSpan.FromMilliseconds(body["delayMilliseconds"]?.GetValue<double>() ?? 0),
            Status = body["status"]?.GetValue<int>(),
            RetryAfter = body["retryAfter"]?.GetValue<string>(),
            Hang = body["hang"]?.GetValue<bool>() ?? false,
            Cut = body["cut"] is { } cut && Enum.TryParse<Cut>(cut.GetValue<string>(), ignoreCase: true, out var place) ? place : Cut.None,
            Truncate = body["truncate"]?.GetValue<bool>() ?? false,
            ContentType = body["contentType"]?.GetValue<string>(),
            Gzip = body["gzip"]?.GetValue<bool>(),
            DripBytesPerSecond = body["dripBytesPerSecond"]?.GetValue<int>(),
            RedirectTo = body["redirectTo"] is { } address ? new Uri(address.GetValue<string>()) : null,
            TaskNeverEnds = body["taskNeverEnds"]?.GetValue<bool>() ?? false,
            ExpiredToken = body["expiredToken"]?.GetValue<bool>() ?? false,
        };
    }
}
