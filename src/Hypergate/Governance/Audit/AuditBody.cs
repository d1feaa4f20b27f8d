using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>The spelling of what a record tells: its members without braces, which do not depend on its place in the chain.</summary>
internal static class AuditBody
{
    private const int MostArgumentBytes = 8 * 1024;
    private const int LongestText = 1_000;
    private const int UsualLength = 1_024;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of a record.</summary>
    public static byte[] Of(AuditRecord record, AuditScrubbing scrubbing)
    {
        var opening = record.Opening is { } known && known.Secrets == scrubbing.Secrets() ? known : Open(record, scrubbing);
        var ending = Spell(scrubbing, writer => WriteEnding(writer, record));
        return ending.IsEmpty ? opening.Spelled.ToArray() : [.. opening.Spelled.Span, (byte)',', .. ending.Span];
    }

    /// <summary>What is known of a call before its end.</summary>
    public static AuditOpening Open(AuditRecord record, AuditScrubbing scrubbing)
    {
        var secrets = scrubbing.Secrets();
        return new(Spell(scrubbing, writer => WriteOpening(writer, record)), secrets);
    }

    private static ReadOnlyMemory<byte> Spell(AuditScrubbing scrubbing, Action<Members> write)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualLength);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(new(json, scrubbing));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory[1..^1];
    }

    private static void WriteOpening(Members to, AuditRecord record)
    {
        to.Write("phase", Word(record.Phase.ToString()));
        to.Write("call", record.CallId);
        to.Write("parent", record.Parent);
        to.Write("caller", record.Caller);
        to.Write("roles", record.Roles);
        to.Write("tool", record.Tool);
        to.Write("backend", record.Backend);
        to.Write("operation", record.Operation);
        to.Write("access", record.Access is { } access ? Word(access.ToString()) : "");
        to.Write("arguments", record.Arguments);
    }

    private static void WriteEnding(Members to, AuditRecord record)
    {
        to.Write("objects", record.Objects);
        to.Write("decision", record.Decision);
        to.Write("consent", record.Consent);
        to.Write("outcome", record.Outcome);
        to.Write("status", record.Status);
        to.Write("detail", record.Detail);
        to.Write("ended", record.Ended?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "");
        to.Write("duration_ms", record.DurationMilliseconds);
        to.Write("bytes", record.Bytes);
    }

    private static string Word(string name) => name.ToLowerInvariant();

    /// <summary>Writes members; those that say nothing are left out.</summary>
    private readonly struct Members(Utf8JsonWriter json, AuditScrubbing scrubbing)
    {
        public void Write(string name, string text)
        {
            if (text.Length > 0)
            {
                json.WriteString(name, Short(text));
            }
        }

        public void Write(string name, long? number)
        {
            if (number is { } value)
            {
                json.WriteNumber(name, value);
            }
        }

        public void Write(string name, IReadOnlyList<string> texts)
        {
            if (texts.Count > 0)
            {
                json.WriteStartArray(name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(Short(text));
                }

                json.WriteEndArray();
            }
        }

        public void Write(string name, JsonElement arguments)
        {
            if (arguments.ValueKind == JsonValueKind.Undefined)
            {
                return;
            }

            var buffer = new ArrayBufferWriter<byte>(256);
            using (var inner = new Utf8JsonWriter(buffer, Options))
            {
                scrubbing.WriteArguments(inner, arguments);
            }

            json.WritePropertyName(name);
            if (buffer.WrittenCount is > 0 and <= MostArgumentBytes)
            {
                json.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
                return;
            }

            json.WriteStartObject();
            json.WriteNumber("len", buffer.WrittenCount);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)));
            json.WriteEndObject();
        }

        // As UTF-8, because the writer refuses halves of surrogate pairs; here they become U+FFFD.
        private byte[] Short(string text)
        {
            var clean = scrubbing.Text(text);
            return Encoding.UTF8.GetBytes(clean.Length <= LongestText ? clean : string.Concat(clean.AsSpan(0, LongestText), "…"));
        }
    }
}

/// <summary>What is known of a call before its end, spelled.</summary>
/// <param name="Spelled">Members of a JSON object, without braces.</param>
/// <param name="Secrets">How many secrets were known then; with more of them it has to be spelled again.</param>
internal sealed record AuditOpening(ReadOnlyMemory<byte> Spelled, int Secrets);
