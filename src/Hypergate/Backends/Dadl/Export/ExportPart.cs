using System.Text.Json;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>A parameter of a tool, and how a value of the operation becomes its value.</summary>
/// <param name="Parameter">As the file says it.</param>
/// <param name="Convert">The tool's value: undefined where there is nothing to give, null where the value cannot be said.</param>
internal sealed record ExportPart(DadlParameter Parameter, Func<JsonElement, JsonElement?> Convert)
{
    /// <summary>Whether the tool has it although the file does not name it: <c>_body</c>, <c>_file</c>.</summary>
    public bool IsImplicit { get; init; }
}
