using System.Buffers;
using System.Text.Json;
using Hypergate.Governance.Gates;
using Hypergate.Model;

namespace Hypergate.Host.Approvals;

/// <summary>What the webhook is told of a call that a gate reports: who, what and how it ended; no argument and no answer.</summary>
internal static class GateNotice
{
    public static byte[] Body(GateNews news, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var call = news.Call;
            writer.WriteStartObject();
            writer.WriteString("event", "gate.call");
            writer.WriteString("gate", news.Gate);
            writer.WriteString("call", call.Id);
            writer.WriteString("caller", call.Caller.Name);
            writer.WriteStartArray("roles");
            foreach (var role in call.Caller.Roles)
            {
                writer.WriteStringValue(role);
            }

            writer.WriteEndArray();
            writer.WriteString("backend", call.Backend);
            writer.WriteString("operation", call.Operation.Name);
            writer.WriteString("access", news.Access.ToString().ToLowerInvariant());
            writer.WriteString("outcome", news.Outcome switch { Outcome.Done => "done", Outcome.Refused => "refused", _ => "failed" });
            if (news.Outcome is Outcome.Refused refused)
            {
                writer.WriteString("policy", refused.Policy);
                writer.WriteString("reason", refused.Reason);
            }

            writer.WriteString("at", now.UtcDateTime);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
