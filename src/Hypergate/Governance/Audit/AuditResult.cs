using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Governance.Audit;

/// <summary>What came back from a call, by its shape: never more than what is known of it already.</summary>
/// <param name="Type"><c>list</c>, <c>object</c>, <c>text</c>, <c>value</c>, <c>empty</c>, or <c>task</c> for a job of the platform.</param>
/// <param name="Items">How many a list has, as the caller sees it; null for all else.</param>
internal sealed record AuditResult(string Type, int? Items = null)
{
    /// <summary>The platform's id of the job; null where there is none.</summary>
    public string? Job { get; init; }

    /// <summary>The answer itself, where records shall hold it.</summary>
    public JsonElement Value { get; init; }

    /// <summary>How much of it.</summary>
    public int MostBytes { get; init; }

    /// <summary>Null where nothing came back.</summary>
    public static AuditResult? Of(Outcome outcome) => outcome switch
    {
        Outcome.Done { Job: { } job } => new("task") { Job = job.Id },
        Outcome.Failed { Job: { } job } => new("task") { Job = job.Id },
        Outcome.Done done => Of(done.Value),
        _ => null,
    };

    private static AuditResult Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => new("list", value.GetArrayLength()),
        JsonValueKind.Object => new("object"),
        JsonValueKind.String => new("text"),
        JsonValueKind.Undefined or JsonValueKind.Null => new("empty"),
        _ => new("value"),
    };
}
