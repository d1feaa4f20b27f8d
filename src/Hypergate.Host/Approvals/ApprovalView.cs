using System.Text.Json;
using Hypergate.Governance.Confirmation.Approvals;

namespace Hypergate.Host.Approvals;

/// <summary>A request for approval as programs and people see it.</summary>
internal static class ApprovalView
{
    public static void Write(Utf8JsonWriter writer, Approval approval, ApprovalState state)
    {
        writer.WriteStartObject();
        writer.WriteString("id", approval.Id);
        writer.WriteString("state", Word(state));
        writer.WriteString("caller", approval.Caller);
        writer.WriteString("backend", approval.Backend);
        writer.WriteString("operation", approval.Operation);
        writer.WriteString("access", approval.Access);
        writer.WriteString("text", approval.Text);
        writer.WriteNumber("needed", approval.Needed);
        writer.WriteString("created", approval.Created.UtcDateTime);
        writer.WriteString("expires", approval.Ends.UtcDateTime);
        writer.WriteStartArray("votes");
        foreach (var vote in approval.Votes)
        {
            writer.WriteStartObject();
            writer.WriteString("by", vote.By);
            writer.WriteBoolean("approves", vote.Agrees);
            writer.WriteString("reason", vote.Reason);
            writer.WriteString("at", vote.At.UtcDateTime);
            if (vote.Lapsed is { } why)
            {
                writer.WriteString("lapsed", why);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static string Line(Approval approval, ApprovalState state) =>
        $"{approval.Id}  {Word(state),-8}  {approval.Operation} on {approval.Backend} for {approval.Caller}, {approval.Votes.Count(static vote => vote.Counts)} of {approval.Needed}, until {approval.Ends.UtcDateTime:yyyy-MM-dd HH:mm} UTC";

    public static string Word(ApprovalState state) => state.ToString().ToLowerInvariant();
}
