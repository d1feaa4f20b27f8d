using System.Buffers;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Governance.Gates;

/// <summary>What the script of a gate is shown of a call: <c>ctx</c>. Nothing in it is a credential or an address.</summary>
internal static class GateContext
{
    public const string Arguments = "args";
    public const string Result = "result";

    /// <param name="call">The call.</param>
    /// <param name="access">Its class.</param>
    /// <param name="gate">The name of the gate.</param>
    /// <param name="done">What the platform answered; null before the call.</param>
    public static JsonElement Of(Call call, Access access, string gate, Outcome.Done? done = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("gate", gate);
            writer.WriteString("phase", done is null ? "before" : "after");
            writer.WriteString("backend", call.Backend);
            writer.WriteString("operation", call.Operation.Name);
            writer.WriteString("access", access.ToString().ToLowerInvariant());
            writer.WriteBoolean("dry_run", call.DryRun);
            WriteCaller(writer, call.Caller);
            Write(writer, Arguments, call.Arguments);
            if (done is not null)
            {
                writer.WriteNumber("status", done.Status);
                Write(writer, Result, done.Value);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteCaller(Utf8JsonWriter writer, Caller caller)
    {
        writer.WriteStartObject("caller");
        writer.WriteString("name", caller.Name);
        writer.WriteStartArray("roles");
        foreach (var role in caller.Roles)
        {
            writer.WriteStringValue(role);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
            return;
        }

        value.WriteTo(writer);
    }
}
