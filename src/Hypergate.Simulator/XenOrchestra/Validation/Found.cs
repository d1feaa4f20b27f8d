using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>A value, which may be JSON null, or none at all.</summary>
internal readonly record struct Found(bool IsThere, JsonNode? Value)
{
    public static Found Nothing => default;

    public static Found Of(JsonNode? value) => new(true, value);

    public static Found In(JsonObject item, string name) =>
        item.TryGetPropertyValue(name, out var value) ? Of(value) : Nothing;
}
