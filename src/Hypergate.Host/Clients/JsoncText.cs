using System.Text;
using System.Text.Json;

namespace Hypergate.Host.Clients;

/// <summary>
/// A file of JSON with comments that is changed at one place: everything else stays as it is, byte for byte. What <see cref="Set"/> and
/// <see cref="AddItem"/> put in, <see cref="Remove"/> and <see cref="RemoveItem"/> take away without a trace.
/// </summary>
internal sealed class JsoncText
{
    private readonly byte[] _text;

    /// <param name="text">Empty or blank counts as an empty object.</param>
    /// <exception cref="JsonException">It is not JSON, or no object.</exception>
    public JsoncText(string text)
    {
        _text = Encoding.UTF8.GetBytes(string.IsNullOrWhiteSpace(text) ? "{}\n" : text);
        Root = JsoncNode.Parse(_text);
        if (!Root.IsObject)
        {
            throw new JsonException("It holds no object.");
        }
    }

    public JsoncNode Root { get; }

    private string NewLine => _text.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";

    public override string ToString() => Encoding.UTF8.GetString(_text);

    /// <summary>A value as it stands in the text.</summary>
    public string Of(JsoncNode node) => Encoding.UTF8.GetString(_text, node.Start, node.End - node.Start);

    /// <summary>The value at a path; null where there is none.</summary>
    public JsoncNode? Find(params IEnumerable<string> path) => path.Aggregate((JsoncNode?)Root, static (node, name) => node?[name]);

    /// <summary>Puts a value at a member of a member of the root; what is missing on the way is made.</summary>
    /// <param name="value">As JSON, written with two blanks and line feeds.</param>
    public JsoncText Set(string container, string name, string value)
    {
        if (Root[container] is not { } holder)
        {
            return Insert(Root, $"\"{container}\": {{\n  \"{name}\": {Indent(value, "  ")}\n}}", Root.Members.Count > 0);
        }

        if (!holder.IsObject)
        {
            throw new JsonException($"Its member {container} is no object.");
        }

        return holder[name] is { } old
            ? Replace(old.Start, old.End, Fit(value, DepthOf(holder) + 1))
            : Insert(holder, $"\"{name}\": {value}", holder.Members.Count > 0);
    }

    /// <summary>Puts other text in the place of a value, as it is.</summary>
    public JsoncText Put(JsoncNode node, string value) => Replace(node.Start, node.End, value);

    /// <summary>Puts a value into an array of the root.</summary>
    public JsoncText AddItem(string container, string value)
    {
        if (Root[container] is not { } holder)
        {
            return Insert(Root, $"\"{container}\": [\n  {Indent(value, "  ")}\n]", Root.Members.Count > 0);
        }

        return holder.IsArray ? Insert(holder, value, holder.Items.Count > 0) : throw new JsonException($"Its member {container} is no array.");
    }

    /// <summary>Takes a member away.</summary>
    public JsoncText Remove(JsoncNode holder, string name)
    {
        var member = holder.Members.LastOrDefault(member => member.Name == name);
        return member.Value is null ? this : Cut(holder, member.NameStart, member.Value.End);
    }

    /// <summary>Takes an item away.</summary>
    public JsoncText RemoveItem(JsoncNode holder, JsoncNode item) => Cut(holder, item.Start, item.End);

    // Always in front, where no comma of the text before matters.
    private JsoncText Insert(JsoncNode holder, string text, bool hasMore)
    {
        var depth = DepthOf(holder) + 1;
        var isEmptyLine = !hasMore && _text.AsSpan(holder.Start + 1, holder.End - holder.Start - 2).IndexOf((byte)'\n') < 0;
        var inserted = $"{NewLine}{Margin(depth)}{Fit(text, depth)}{(hasMore ? "," : isEmptyLine ? NewLine + Margin(depth - 1) : "")}";
        return Replace(holder.Start + 1, holder.Start + 1, inserted);
    }

    private JsoncText Cut(JsoncNode holder, int start, int end)
    {
        var from = start;
        while (from > holder.Start + 1 && char.IsWhiteSpace((char)_text[from - 1]))
        {
            from--;
        }

        var comma = end;
        while (comma < holder.End - 1 && char.IsWhiteSpace((char)_text[comma]))
        {
            comma++;
        }

        if (_text[comma] == (byte)',')
        {
            return Replace(from, comma + 1, "");
        }

        // The last one: the comma before it goes as well; where it was alone, nothing stays between the braces.
        return _text[from - 1] == (byte)',' ? Replace(from - 1, end, "")
            : from == holder.Start + 1 && comma == holder.End - 1 ? Replace(from, comma, "")
            : Replace(from, end, "");
    }

    private JsoncText Replace(int start, int end, string text) =>
        new(Encoding.UTF8.GetString(_text, 0, start) + text + Encoding.UTF8.GetString(_text, end, _text.Length - end));

    private string Fit(string text, int depth) => string.Join(NewLine, text.Split('\n').Select((line, index) =>
    {
        var bare = line.TrimStart(' ');
        return index == 0 ? line : Margin(depth + ((line.Length - bare.Length) / 2)) + bare;
    }));

    private static string Indent(string text, string margin) => text.Replace("\n", $"\n{margin}", StringComparison.Ordinal);

    private string Margin(int depth) => string.Concat(Enumerable.Repeat(Unit, depth));

    private int DepthOf(JsoncNode holder) => ReferenceEquals(holder, Root) ? 0 : 1;

    // As the first member of the file is indented.
    private string Unit
    {
        get
        {
            if (Root.Members is not [var first, ..])
            {
                return "  ";
            }

            var line = _text.AsSpan(0, first.NameStart).LastIndexOf((byte)'\n');
            var margin = Encoding.UTF8.GetString(_text, line + 1, first.NameStart - line - 1);
            return line >= 0 && margin.Length > 0 && string.IsNullOrWhiteSpace(margin) ? margin : "  ";
        }
    }
}
