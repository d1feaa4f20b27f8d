using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>An error answer of the server: <c>{"error": …, "data": …, "info": …}</c>.</summary>
internal sealed class XoError(int status, JsonNode error) : Exception(error.ToString())
{
    public int Status { get; } = status;

    public JsonNode Error { get; } = error;

    public JsonNode? ErrorData { get; init; }

    public string? Info { get; init; }

    /// <summary>The <c>result</c> of the task that failed with it: code, params, message.</summary>
    public JsonObject? TaskResult { get; init; }
}
