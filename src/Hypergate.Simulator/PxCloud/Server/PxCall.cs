using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Access;
using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.World;

namespace Hypergate.Simulator.PxCloud.Server;

/// <summary>A request that was let in and fits its operation.</summary>
internal sealed record PxCall
{
    public required Entry Entry { get; init; }

    public required PxWorld World { get; init; }

    /// <summary>The values of the placeholders, decoded.</summary>
    public required IReadOnlyDictionary<string, string> Path { get; init; }

    public required IReadOnlyDictionary<string, string[]> Query { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>Null for operations that everybody may call.</summary>
    public Identity? Who { get; init; }

    /// <summary>A task that is started never ends.</summary>
    public bool TasksHang { get; init; }

    public JsonObject Fields => Body as JsonObject ?? [];

    public string User => Who?.User ?? "";

    /// <summary>The value of the last placeholder.</summary>
    public string Last => Path[Entry.Placeholders.Last()];

    public string? QueryText(string name) => Query.TryGetValue(name, out var values) ? values[0] : null;

    public int? QueryNumber(string name) => int.TryParse(QueryText(name), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public string? Text(string name) => Fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public int? Number(string name) => Fields[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public bool Flag(string name) => Fields[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
