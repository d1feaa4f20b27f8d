using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>Values in messages: short, on one line, with invisible characters escaped.</summary>
internal static class ValueText
{
    private const int Longest = 60;

    /// <summary>Kind and value: <c>string "abc"</c>, <c>integer 5</c>, <c>array</c>.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null => JsonTypes.NameOf(value),
        _ => $"{JsonTypes.NameOf(value)} {Show(value)}",
    };

    /// <summary>The value alone, as JSON.</summary>
    public static string Show(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? Quote(value.GetString()!, Longest) : Cut(value.GetRawText(), Longest);

    public static string Quote(string text, int longest = Longest) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Cut(text, longest))}\"";

    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{text[..end]}…";
    }
}
