using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>A table as the server writes it: its columns are the fields of the first row, what others have more is lost.</summary>
internal sealed class MarkdownTable(FieldPicker fields, JsonObject first)
{
    private readonly string[] _columns = [.. fields.Copy(first).Select(property => property.Key).Where(name => name != "href")];

    /// <summary>The two lines above the rows.</summary>
    public string Head => Line(_columns) + "\n" + Line(_columns.Select(_ => "---"));

    public string Row(JsonObject item)
    {
        var picked = fields.Copy(item);
        return Line(_columns.Select(column => Cell(picked[column])));
    }

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Cell(JsonNode? value)
    {
        var text = value?.GetValueKind() switch
        {
            null => "",
            JsonValueKind.String => value.GetValue<string>(),
            _ => Json.Line(value),
        };
        return text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ');
    }
}
