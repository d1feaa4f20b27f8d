using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>A parameter of a path or query, with its schema.</summary>
internal sealed record OperationParameter(string Name, bool IsInPath, bool IsRequired, JsonObject Schema);
