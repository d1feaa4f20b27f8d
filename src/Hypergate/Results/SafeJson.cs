using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results;

/// <summary>
/// The one way of foreign JSON into an answer: cleaned, redacted and within limits, at any depth. Writes compact JSON and stops
/// as soon as it exceeds its capacity, so that a huge value costs no more than the budget. For one answer and one thread.
/// </summary>
internal sealed class SafeJson : IDisposable
{
    private const int LongestName = 200;
    private const int LongestNumber = 400;
    private readonly Redaction _redaction;
    private readonly Limits _limits;
    private readonly int _capacity;
    private readonly ArrayBufferWriter<byte> _buffer;

    /// <param name="capacity">Bytes after which <see cref="IsFull"/> is true and the JSON of no use.</param>
    /// <param name="expected">About how many bytes will be written.</param>
    public SafeJson(Redaction redaction, Limits limits, int capacity, int expected = 4_096)
    {
        (_redaction, _limits, _capacity) = (redaction, limits, capacity);
        _buffer = new(Math.Clamp(expected, 256, Math.Max(256, capacity)));
        Writer = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>For the structure around the foreign values; what is written here is not cleaned.</summary>
    public Utf8JsonWriter Writer { get; }

    public bool IsFull => Writer.BytesCommitted + Writer.BytesPending > _capacity;

    /// <summary>The names of the properties that were shortened, each once.</summary>
    public List<string> Shortened { get; } = [];

    /// <summary>The bytes of everything written so far.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Writer.Flush();
            return _buffer.WrittenMemory;
        }
    }

    /// <summary>Everything written so far, as a value.</summary>
    public JsonElement ToElement() => JsonElement.Parse(Written.Span);

    /// <param name="value">A foreign value.</param>
    /// <param name="name">The name of the property that holds it, or the list of it; empty at the root.</param>
    /// <param name="depth">Levels above it.</param>
    public void Write(JsonElement value, string name = "", int depth = 0)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when depth > _limits.Depth && value.GetPropertyCount() > 0:
                WriteCount(name, value.GetPropertyCount(), "properties");
                break;
            case JsonValueKind.Object:
                WriteObject(value, name, depth);
                break;
            case JsonValueKind.Array when depth > _limits.Depth && value.GetArrayLength() > 0:
                WriteCount(name, value.GetArrayLength(), "items");
                break;
            case JsonValueKind.Array:
                WriteArray(value, name, depth);
                break;
            case JsonValueKind.String:
                WriteText(name, value);
                break;
            case JsonValueKind.Number:
                WriteNumber(name, value);
                break;
            case JsonValueKind.Undefined:
                Writer.WriteNullValue();
                break;
            default:
                value.WriteTo(Writer);
                break;
        }
    }

    /// <summary>One property of an object, with its name, unless it is hidden; then its name with <see cref="Redaction.Mark"/>.</summary>
    public void WriteProperty(JsonElement owner, string ownerName, JsonProperty property, int depth)
    {
        var name = JsonText.NameOf(property);
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.Length is > 0 and <= LongestName && _redaction.IsPlain(raw))
        {
            Writer.WritePropertyName(raw);
        }
        else
        {
            Writer.WritePropertyName(SafeName(_redaction.Text("", name)));
        }

        WriteUnlessHidden(owner, ownerName, name, property.Value, depth);
    }

    public void WriteUnlessHidden(JsonElement owner, string ownerName, string name, JsonElement value, int depth)
    {
        if (_redaction.Hides(owner, ownerName, name))
        {
            Writer.WriteStringValue(Redaction.Mark);
            return;
        }

        Write(value, name, depth);
    }

    /// <summary>A foreign name as it may be shown.</summary>
    public static string SafeName(string name) => CleanText.Line(CleanText.Start(name, LongestName));

    public void Dispose() => Writer.Dispose();

    private void WriteObject(JsonElement value, string name, int depth)
    {
        Writer.WriteStartObject();
        var left = value.GetPropertyCount();
        var room = _limits.Properties;
        foreach (var property in value.EnumerateObject())
        {
            if (IsFull)
            {
                break;
            }

            if (room-- == 0)
            {
                Writer.WritePropertyName("…");
                WriteCount(name, left, "properties");
                break;
            }

            WriteProperty(value, name, property, depth + 1);
            left--;
        }

        Writer.WriteEndObject();
    }

    private void WriteArray(JsonElement value, string name, int depth)
    {
        Writer.WriteStartArray();
        var left = value.GetArrayLength();
        var room = _limits.Items;
        foreach (var item in value.EnumerateArray())
        {
            if (IsFull)
            {
                break;
            }

            if (room-- == 0)
            {
                WriteCount(name, left, "more");
                break;
            }

            Write(item, name, depth + 1);
            left--;
        }

        Writer.WriteEndArray();
    }

    private void WriteText(string name, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length - 2 <= _limits.Characters && _redaction.IsPlain(raw[1..^1]))
        {
            Writer.WriteRawValue(raw, skipInputValidation: true);
            return;
        }

        WriteText(name, JsonText.Of(value));
    }

    private void WriteText(string name, string text)
    {
        var open = CleanText.Inert(_redaction.Text(name, CleanText.Visible(text)));
        if (open.Length <= _limits.Characters)
        {
            WriteRaw(open);
            return;
        }

        var start = CleanText.Start(open, _limits.Characters);
        Note(name);
        WriteRaw(Counted($"{start}… {open.Length - start.Length:N0} more characters"));
    }

    // Clean text has no other characters that JSON escapes. The writer's own escaping would also write out every emoji.
    private void WriteRaw(string clean)
    {
        var escaped = clean
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\t", "\\t", StringComparison.Ordinal);
        Writer.WriteRawValue($"\"{escaped}\"", skipInputValidation: true);
    }

    private void WriteNumber(string name, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (raw.Length > LongestNumber)
        {
            WriteText(name, value.GetRawText());
            return;
        }

        Writer.WriteRawValue(raw, skipInputValidation: true);
    }

    private void WriteCount(string name, int count, string what)
    {
        Note(name);
        Writer.WriteStringValue(Counted($"… {count:N0} {what}"));
    }

    private void Note(string name)
    {
        var safe = SafeName(name);
        if (safe.Length > 0 && !Shortened.Contains(safe, StringComparer.Ordinal))
        {
            Shortened.Add(safe);
        }
    }

    private static string Counted(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
