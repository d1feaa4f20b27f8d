using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Parameters have the same type wherever their name occurs, but for formats.</summary>
internal static class ParameterTypes
{
    public static string Of(OperationEntry entry, string name) => name switch
    {
        "format" when entry.Path.StartsWith("/vdi", StringComparison.Ordinal) => "DiskFormat",
        "format" => "\"xva\" | \"ova\"",
        "subscriptionId" => "EventCollection",
        "granularity" => "Granularity",
        "backup-repository" => "string[]",
        "limit" => "number",
        "ndjson" or "markdown" or "sync" or "wait" or "watch" or "raw" => "boolean",
        "compress" => "any",
        _ => "string",
    };

    public static JsonNode? Example(OperationEntry entry, string name) => name switch
    {
        "id" or "userId" or "groupId" => ListExamples.FirstId,
        "fields" => string.Join(',', entry.ListFields),
        "limit" => 42,
        "tag" => "shop",
        "data_source" => "cpu_usage",
        _ => null,
    };
}
