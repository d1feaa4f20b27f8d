using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>
/// A nested value in TOON: a line for each property, indented by two blanks a level; lists of plain values on one line, lists of
/// alike flat objects as tables, other lists with a hyphen before each item.
/// </summary>
internal sealed class ToonTree
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>A property, on lines of its own.</summary>
    public void Property(string name, JsonElement value, int depth) => Named(Line(depth).Append(ToonText.Key(name)), value, depth);

    // What follows a name: parts of the value stand one level deeper.
    private void Named(StringBuilder line, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                line.Append(':');
                Properties(value.EnumerateObject(), depth + 1);
                break;
            case JsonValueKind.Array when value.GetArrayLength() == 0:
                line.Append(": []");
                break;
            case JsonValueKind.Array:
                Items(line, value, depth + 1);
                break;
            default:
                line.Append(": ").Append(ToonText.Scalar(value));
                break;
        }
    }

    private void Properties(IEnumerable<JsonProperty> properties, int depth)
    {
        foreach (var property in properties)
        {
            Property(property.Name, property.Value, depth);
        }
    }

    private void Items(StringBuilder line, JsonElement list, int depth)
    {
        line.Append(CultureInfo.InvariantCulture, $"[{list.GetArrayLength()}]");
        if (list.EnumerateArray().All(IsScalar))
        {
            line.Append(": ").AppendJoin(',', list.EnumerateArray().Select(ToonText.Scalar));
            return;
        }

        if (TableColumns(list) is { } columns)
        {
            Rows(line, list, columns, depth);
            return;
        }

        line.Append(':');
        foreach (var item in list.EnumerateArray())
        {
            Item(item, depth);
        }
    }

    private void Rows(StringBuilder line, JsonElement list, List<string> columns, int depth)
    {
        line.Append('{').AppendJoin(',', columns.Select(ToonText.Key)).Append("}:");
        foreach (var row in list.EnumerateArray())
        {
            Line(depth).AppendJoin(',', columns.Select(column => ToonText.Scalar(row.GetProperty(column))));
        }
    }

    private void Item(JsonElement item, int depth)
    {
        var line = Line(depth).Append('-');
        if (item.ValueKind == JsonValueKind.Array)
        {
            ListItem(line, item, depth);
            return;
        }

        if (item.ValueKind != JsonValueKind.Object)
        {
            line.Append(' ').Append(ToonText.Scalar(item));
            return;
        }

        foreach (var (index, property) in item.EnumerateObject().Index())
        {
            if (index > 0)
            {
                Property(property.Name, property.Value, depth + 1);
                continue;
            }

            // The first property shares the hyphen's line, and counts as one level deeper.
            Named(line.Append(' ').Append(ToonText.Key(property.Name)), property.Value, depth + 1);
        }
    }

    private void ListItem(StringBuilder line, JsonElement list, int depth)
    {
        if (list.GetArrayLength() == 0)
        {
            line.Append(" [0]:");
            return;
        }

        // A list in a list has no name and is therefore no table.
        line.Append(CultureInfo.InvariantCulture, $" [{list.GetArrayLength()}]:");
        if (list.EnumerateArray().All(IsScalar))
        {
            line.Append(' ').AppendJoin(',', list.EnumerateArray().Select(ToonText.Scalar));
            return;
        }

        foreach (var item in list.EnumerateArray())
        {
            Item(item, depth + 1);
        }
    }

    private StringBuilder Line(int depth) => (_text.Length == 0 ? _text : _text.Append('\n')).Append(' ', 2 * depth);

    // The columns of a list of objects that have the same names and plain values only; else null.
    private static List<string>? TableColumns(JsonElement list)
    {
        if (list[0].ValueKind != JsonValueKind.Object || list[0].GetPropertyCount() == 0)
        {
            return null;
        }

        List<string> columns = [.. list[0].EnumerateObject().Select(static property => property.Name)];
        var isTable = list.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object && row.GetPropertyCount() == columns.Count
            && columns.TrueForAll(column => row.TryGetProperty(column, out var value) && IsScalar(value)));
        return isTable ? columns : null;
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);
}
