using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Makes finished schemas that outlive the document; equal ones are made once.</summary>
internal sealed class SchemaPool(ReadingBudget budget)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Inlining nests deeper than the document it starts from.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private readonly Dictionary<string, JsonElement> _schemas = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public JsonElement Keep(JsonObject schema)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, Compact))
        {
            schema.WriteTo(writer);
        }

        var text = Encoding.UTF8.GetString(_buffer.WrittenSpan);
        var isNew = !_schemas.TryGetValue(text, out var kept);
        budget.SpendBytes(_buffer.WrittenCount, isNew);
        return isNew ? _schemas[text] = JsonElement.Parse(_buffer.WrittenSpan, Deep) : kept;
    }
}
