using System.Buffers;
using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Metering;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>Writes into the audit what gates change and refuse: arguments before and after, of answers only the sizes. Tells people of calls that gates report.</summary>
/// <param name="log">Where to; null where there is no audit.</param>
/// <param name="tell">Tells people, without waiting.</param>
internal sealed class GateRecords(IAuditLog? log, Action<GateNews> tell)
{
    /// <summary>The operation of these records.</summary>
    public const string Operation = "gate.changed";

    private const int LongestReason = 200;

    /// <param name="gate">Who.</param>
    /// <param name="call">The call as it was before.</param>
    /// <param name="done">Its answer as it was before; null before the call.</param>
    /// <param name="verdict">What the gate said.</param>
    public async Task WriteAsync(IGate gate, Call call, Outcome.Done? done, GateVerdict verdict)
    {
        GovernanceMeters.GateChange(gate.Name, done is null ? "before" : "after", gate.IsShadow ? "would_have" : verdict.Refusal is null ? "changed" : "refused");
        if (log is null)
        {
            return;
        }

        try
        {
            await log.AppendAsync(Record(gate, call, done, verdict), CancellationToken.None);
        }
        catch (AuditUnavailableException)
        {
            // The record of the call itself fails as well, and tells.
        }
    }

    /// <param name="gates">Those that are for the call.</param>
    /// <param name="call">The call.</param>
    /// <param name="access">Its class.</param>
    /// <param name="outcome">What came of it.</param>
    public void Tell(IReadOnlyList<IGate> gates, Call call, Access access, Outcome outcome)
    {
        foreach (var gate in gates.Where(gate => gate.Reports(outcome)))
        {
            tell(new(gate.Name, call, access, outcome));
        }
    }

    private static AuditRecord Record(IGate gate, Call call, Outcome.Done? done, GateVerdict verdict) => new()
    {
        Phase = AuditPhase.Event,
        CallId = call.Id,
        Parent = call.Parent,
        Caller = call.Caller.Name,
        Roles = call.Caller.Roles,
        Tool = call.Tool,
        Backend = call.Backend,
        Operation = Operation,
        Arguments = Change(gate, call, done, verdict),
        Decision = $"{(gate.IsShadow ? "would have " : "")}{(verdict.Refusal is null ? "changed" : "refused")}: {gate.Name}",
    };

    private static JsonElement Change(IGate gate, Call call, Outcome.Done? done, GateVerdict verdict)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("operation", call.Operation.Name);
            writer.WriteString("gate", gate.Name);
            writer.WriteString("phase", done is null ? "before" : "after");
            writer.WriteString("target", done is null ? "args" : "result");
            if (verdict.Refusal is { } refusal)
            {
                writer.WriteString("refusal", refusal.Length > LongestReason ? refusal[..LongestReason] : refusal);
            }
            else if (done is null)
            {
                Write(writer, "before", call.Arguments);
                Write(writer, "after", verdict.Value);
            }
            else
            {
                writer.WriteNumber("bytes_before", LengthOf(done.Value));
                writer.WriteNumber("bytes_after", LengthOf(verdict.Value));
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static int LengthOf(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? 0 : value.GetRawText().Length;
}
