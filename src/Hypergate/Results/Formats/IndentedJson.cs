using System.Text;
using System.Text.Json;

namespace Hypergate.Results.Formats;

/// <summary>
/// JSON for readers: two blanks a level, but small values and lists of numbers on one line, which keeps an object of many lists
/// at a third of its length.
/// </summary>
internal static class IndentedJson
{
    private const int LongestOnOneLine = 80;

    public static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when depth == 0 ? value.GetPropertyCount() > 0 : !IsShort(value):
                AppendObject(text, value, depth);
                break;
            case JsonValueKind.Array when !IsShort(value) && !value.EnumerateArray().All(IsNumber):
                AppendArray(text, value, depth);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder text, JsonElement value, int depth)
    {
        text.Append('{');
        var separator = "";
        foreach (var property in value.EnumerateObject())
        {
            NewLine(text.Append(separator), depth + 1).Append('"').Append(JsonEncodedText.Encode(property.Name, JsonLines.Escaping)).Append("\": ");
            Append(text, property.Value, depth + 1);
            separator = ",";
        }

        NewLine(text, depth).Append('}');
    }

    private static void AppendArray(StringBuilder text, JsonElement value, int depth)
    {
        text.Append('[');
        var separator = "";
        foreach (var item in value.EnumerateArray())
        {
            Append(NewLine(text.Append(separator), depth + 1), item, depth + 1);
            separator = ",";
        }

        NewLine(text, depth).Append(']');
    }

    private static bool IsShort(JsonElement value) => value.GetRawText().Length <= LongestOnOneLine;

    private static bool IsNumber(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.Null;

    private static StringBuilder NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', 2 * depth);
}
