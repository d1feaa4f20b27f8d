using System.Text.Json;

namespace Hypergate.Model;

/// <summary>One value that an operation takes in its path or query.</summary>
public sealed record Parameter
{
    public required string Name { get; init; }

    public required ParameterPlace Place { get; init; }

    public bool Required { get; init; }

    /// <summary>JSON Schema (2020-12) of the value.</summary>
    public required JsonElement Schema { get; init; }

    public string Description { get; init; } = "";
}

public enum ParameterPlace
{
    Path,
    Query,
}

/// <summary>The JSON body of an operation.</summary>
/// <param name="Schema">JSON Schema (2020-12) with every reference inlined.</param>
/// <param name="Required">Whether the platform refuses a call without it.</param>
public sealed record RequestBody(JsonElement Schema, bool Required);
