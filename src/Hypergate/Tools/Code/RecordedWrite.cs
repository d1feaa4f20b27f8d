using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>A change of a run as the audit tells it: begun, and perhaps ended.</summary>
/// <param name="Backend">The configured name.</param>
/// <param name="Operation">Its name.</param>
/// <param name="Arguments">Without secrets.</param>
internal sealed record RecordedWrite(string Backend, string Operation, JsonElement Arguments)
{
    /// <summary>How the audit calls its end; empty while there is none.</summary>
    public string Outcome { get; private set; } = "";

    private bool HasStatus { get; set; }

    /// <summary>Whether the platform did it.</summary>
    public bool IsDone => Outcome is "done" or "running" or "unknown";

    /// <summary>Whether nobody knows: no end is recorded, or it ended without a word of the platform.</summary>
    public bool IsUncertain => Outcome is "" or "cancelled" or "internal error" || (Outcome == "failed" && !HasStatus);

    /// <summary>The changes of one caller among the records of a run, in the order in which they were sent.</summary>
    public static async Task<IReadOnlyList<RecordedWrite>> ReadAsync(IAsyncEnumerable<JsonElement> records, string caller)
    {
        var calls = new Dictionary<string, RecordedWrite>(StringComparer.Ordinal);
        var writes = new List<RecordedWrite>();
        await foreach (var record in records)
        {
            if (Text(record, "caller") != caller || Text(record, "call") is not { Length: > 0 } id)
            {
                continue;
            }

            // What ended before it began was a question to the person.
            if (Text(record, "phase") == "begin")
            {
                writes.Add(calls[id] = new(Text(record, "backend"), Text(record, "operation"), record.TryGetProperty("arguments", out var arguments) ? arguments : default));
            }
            else if (calls.TryGetValue(id, out var begun) && Text(record, "phase") == "end")
            {
                (begun.Outcome, begun.HasStatus) = (Text(record, "outcome"), record.TryGetProperty("status", out _));
            }
        }

        return writes;
    }

    private static string Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
