using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp.Tasks;

/// <summary>What a client gets instead of a tool's result while a platform's job still runs.</summary>
internal sealed class TaskCreatedResult : Result
{
    public required string TaskId { get; init; }

    public required string Status { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>ISO 8601, UTC.</summary>
    public required string LastUpdatedAt { get; init; }

    public required long TtlMs { get; init; }

    public required int PollIntervalMs { get; init; }

    public string? StatusMessage { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskCreatedResult))]
internal sealed partial class TaskJson : JsonSerializerContext;
