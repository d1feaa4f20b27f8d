using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>One object of a list and its address, where it has one.</summary>
internal readonly record struct ListRow(JsonObject Item, string? Href);
