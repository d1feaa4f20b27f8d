using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Tools.Utility;

/// <summary>Checks the arguments of the tools that are the gateway's own.</summary>
internal static class UtilityArguments
{
    /// <summary>The error for arguments that do not fit the tool; null where they fit.</summary>
    public static ToolResult? Unexpected(JsonElement arguments, ToolDefinition tool)
    {
        var faults = JsonSchemaCheck.Check(tool.InputSchema, arguments);
        return faults.Count == 0 ? null : ToolResult.Error($"{tool.Name}: '{faults[0].Path}' {Sentence(faults[0].Problem)}");
    }

    private static string Sentence(string problem) => problem is [.., '.' or '?'] ? problem : $"{problem}.";
}
