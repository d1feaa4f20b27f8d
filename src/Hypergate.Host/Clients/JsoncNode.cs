using System.Text.Json;

namespace Hypergate.Host.Clients;

/// <summary>A value of JSON with comments, and where it stands in its text.</summary>
/// <param name="Start">Of its first byte.</param>
/// <param name="End">Behind its last byte.</param>
internal sealed record JsoncNode(JsonTokenType Kind, int Start, int End)
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 128 };

    /// <summary>Of an object, in order; a name that stands twice counts by its last.</summary>
    public IReadOnlyList<(string Name, int NameStart, JsoncNode Value)> Members { get; private init; } = [];

    /// <summary>Of an array.</summary>
    public IReadOnlyList<JsoncNode> Items { get; private init; } = [];

    /// <summary>The text of a string.</summary>
    public string? Text { get; private init; }

    public bool IsObject => Kind == JsonTokenType.StartObject;

    public bool IsArray => Kind == JsonTokenType.StartArray;

    public JsoncNode? this[string name] => Members.LastOrDefault(member => member.Name == name).Value;

    /// <exception cref="JsonException">It is not JSON, even with comments and trailing commas.</exception>
    public static JsoncNode Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, Lenient);
            reader.Read();
            var root = Read(ref reader);
            reader.Read();
            return root;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A text in it holds half a character: one of \\uD800 to \\uDFFF without its other half.", exception);
        }
    }

    private static JsoncNode Read(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        var kind = reader.TokenType;
        List<(string, int, JsoncNode)> members = [];
        List<JsoncNode> items = [];
        var text = kind == JsonTokenType.String ? reader.GetString() : null;
        while (kind == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, nameStart) = (reader.GetString()!, (int)reader.TokenStartIndex);
            reader.Read();
            members.Add((name, nameStart, Read(ref reader)));
        }

        while (kind == JsonTokenType.StartArray && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader));
        }

        return new(kind, start, (int)reader.BytesConsumed) { Members = members, Items = items, Text = text };
    }
}
