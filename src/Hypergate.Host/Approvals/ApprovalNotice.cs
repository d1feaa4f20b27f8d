using System.Buffers;
using System.Text.Json;
using Hypergate.Governance.Confirmation.Approvals;

namespace Hypergate.Host.Approvals;

/// <summary>What the webhook is told of a request for approval.</summary>
internal static class ApprovalNotice
{
    public static byte[] Body(ApprovalNews news)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("event", $"approval.{news.What}");
            writer.WriteString("by", news.By);
            writer.WritePropertyName("approval");
            ApprovalView.Write(writer, news.Approval, news.Approval.StateAt(news.Approval.Votes.Count == 0 ? news.Approval.Created : news.Approval.Votes[^1].At));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
