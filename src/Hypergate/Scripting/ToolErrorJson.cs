using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Scripting;

/// <summary>A failed call as the object that a script catches.</summary>
internal static class ToolErrorJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string code, string message, Action<Utf8JsonWriter>? more = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            more?.Invoke(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string Of(string tool, CallError error) => Of(error.Code, error.Message, writer =>
    {
        writer.WriteString("tool", tool);
        Write(writer, error);
    });

    public static string Of(ToolCallException failed) => Of(failed.Error.Code, failed.Error.Message, writer =>
    {
        writer.WriteString("tool", failed.Tool);
        if (failed.Backend is { } backend)
        {
            writer.WriteString("backend", backend);
        }

        if (failed.RefusedBy is { } policy)
        {
            writer.WriteString("refused_by", policy);
        }

        Write(writer, failed.Error);
    });

    /// <summary>What is known of the call, beside its code and message.</summary>
    public static void Write(Utf8JsonWriter writer, CallError error)
    {
        if (error.HttpStatus is { } status)
        {
            writer.WriteNumber("http_status", status);
        }

        if (error.ProviderCode is { } provider)
        {
            writer.WriteString("provider_code", provider);
        }

        if (error.RetryAfter is { } wait)
        {
            writer.WriteNumber("retry_after", wait.TotalSeconds);
        }

        writer.WriteNumber("attempts", error.Attempts);
    }
}
