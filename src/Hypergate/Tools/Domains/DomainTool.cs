using Hypergate.Model;

namespace Hypergate.Tools.Domains;

/// <summary>The operations of one resource family that one tool offers: all that look, or all that change.</summary>
/// <param name="Name"><c>vms_query</c>, <c>vms_action</c>; with the kind's prefix where kinds mix.</param>
/// <param name="Platform">The platform's title, for people.</param>
/// <param name="Domain"><c>vms</c>.</param>
/// <param name="Acts">Whether its operations change something.</param>
/// <param name="Backends">The backends that have any of them, or have not answered yet, in the order of the settings.</param>
/// <param name="Operations">One for each name, in the order of the description.</param>
internal sealed record DomainTool(
    string Name,
    string Platform,
    string Domain,
    bool Acts,
    IReadOnlyList<string> Backends,
    IReadOnlyList<Operation> Operations)
{
    public ToolHints Hints => Acts
        ? new ToolHints(
            ReadOnly: false,
            Destructive: Operations.Any(static operation => operation.Access == Access.Dangerous),
            Idempotent: Operations.All(static operation => operation.Method is "PUT" or "DELETE"),
            OpenWorld: false)
        : ToolHints.Reading;

    public string Title => $"{(Acts ? "Change" : "Query")} {Domain.Replace('_', ' ')}";
}
