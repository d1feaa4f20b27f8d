using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Governance.Audit;

/// <summary>Writes members of a record; those that say nothing are left out.</summary>
internal readonly struct AuditMembers(Utf8JsonWriter json, AuditScrubbing scrubbing)
{
    private const int MostArgumentBytes = 8 * 1024;
    private const int MostAttempts = 20;
    private const int LongestText = 1_000;

    /// <summary>A text of the gateway's own making, in which nothing has to be looked for.</summary>
    public void WriteOwn(string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, Bytes(text));
        }
    }

    public void Write(string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, Clean(text));
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
                json.WriteStringValue(Clean(text));
            }

            json.WriteEndArray();
        }
    }

    /// <summary>The arguments without secrets, or their length and hash where they are long; and a digest of all of them.</summary>
    public void WriteArguments(JsonElement arguments)
    {
        if (arguments.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var inner = new Utf8JsonWriter(buffer, AuditBody.Options))
        {
            scrubbing.WriteArguments(inner, arguments);
        }

        json.WritePropertyName("arguments");
        if (buffer.WrittenCount is > 0 and <= MostArgumentBytes)
        {
            json.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
        }
        else
        {
            json.WriteStartObject();
            json.WriteNumber("len", buffer.WrittenCount);
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)));
            json.WriteEndObject();
        }

        WriteOwn("args_hash", scrubbing.Digest?.Invoke(arguments) ?? "");
    }

    public void Write(CallTarget? target)
    {
        if (target is null)
        {
            return;
        }

        json.WriteStartObject("target");
        Write("kind", target.Kind);
        Write("id", target.Id);
        Write("name", target.Name);
        Write("place", target.Place);
        json.WriteEndObject();
    }

    /// <summary>What went to the platform. One request is told by status, duration and bytes of the call; several are told one by one.</summary>
    public void WriteSending(CallNotes notes)
    {
        json.WriteString("sent"u8, notes.WasSent switch { true => "true"u8, false => "false"u8, null => "unknown"u8 });
        Write("bytes_out", notes.BytesSent);
        if (notes.Attempts is not { Count: > 1 } attempts)
        {
            return;
        }

        json.WriteStartArray("attempts");
        foreach (var attempt in attempts.Take(MostAttempts))
        {
            json.WriteStartObject();
            Write("status", attempt.Status);
            json.WriteNumber("ms", attempt.Milliseconds);
            json.WriteNumber("bytes", attempt.Bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write("attempts_more", attempts.Count > MostAttempts ? attempts.Count - MostAttempts : null);
    }

    /// <summary>The shape of what came back, and itself where it is wanted.</summary>
    public void Write(AuditResult? result)
    {
        if (result is null)
        {
            return;
        }

        json.WriteStartObject("result");
        WriteOwn("type", result.Type);
        Write("items", result.Items);
        Write("id", result.Job ?? "");
        if (result.Value.ValueKind != JsonValueKind.Undefined && scrubbing.WriteResult is { } write)
        {
            json.WritePropertyName("value");
            write(json, result.Value, result.MostBytes);
        }

        json.WriteEndObject();
    }

    private byte[] Clean(string text) => Bytes(scrubbing.Text(text));

    // As UTF-8, because the writer refuses halves of surrogate pairs; here they become U+FFFD.
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…"));
}
