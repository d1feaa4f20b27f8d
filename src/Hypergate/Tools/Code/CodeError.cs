using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Text;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>Why a call of a script failed.</summary>
/// <param name="Code">One word.</param>
/// <param name="Message">In words.</param>
internal sealed record CodeError(string Code, string Message)
{
    private const int LongestMessage = 2_000;

    /// <summary>What is known of the call that left; null where none did.</summary>
    public CallError? Call { get; init; }

    /// <summary>The policy that said no; null where the gateway did not.</summary>
    public string? RefusedBy { get; init; }

    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>Whether a request left; null where nobody knows.</summary>
    public bool? Sent { get; init; } = false;

    /// <param name="tool">Which call, as <c>backend.operation</c>.</param>
    /// <param name="backend">Where it belongs; null where it names no backend.</param>
    public string ToJson(string tool, string? backend) => ToolErrorJson.Of(Code, CleanText.Line(Message, LongestMessage), writer =>
    {
        writer.WriteString("tool", tool);
        if (backend is not null)
        {
            writer.WriteString("backend", backend);
        }

        if (Call is { } call)
        {
            ToolErrorJson.Write(writer, call);
        }

        if (RefusedBy is { } policy)
        {
            writer.WriteString("refused_by", policy);
        }

        WriteSent(writer);
        if (Candidates.Count > 0)
        {
            writer.WriteStartArray("candidates");
            foreach (var candidate in Candidates)
            {
                writer.WriteStringValue(candidate);
            }

            writer.WriteEndArray();
        }
    });

    private void WriteSent(Utf8JsonWriter writer)
    {
        if (Sent is { } known)
        {
            writer.WriteBoolean("sent", known);
        }
        else
        {
            writer.WriteString("sent", "unknown");
        }
    }
}

/// <summary>What comes of a call: a JSON text, or why there is none.</summary>
internal readonly record struct CodeReply(string Json, CodeError? Error);
