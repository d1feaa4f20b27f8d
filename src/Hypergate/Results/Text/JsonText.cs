using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hypergate.Results.Text;

/// <summary>
/// Reads strings and names out of foreign JSON. Unlike <see cref="JsonElement.GetString"/> nothing throws: halves of surrogate
/// pairs come out as they are, bytes that are not UTF-8 as U+FFFD; cleaning takes the former away.
/// </summary>
internal static class JsonText
{
    /// <summary>The characters of a JSON string.</summary>
    public static string Of(JsonElement text) => Decode(JsonMarshal.GetRawUtf8Value(text)[1..^1]);

    public static string NameOf(JsonProperty property) => Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>The value of a property; names that cannot be read never match.</summary>
    public static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return TryFind(element, name, out value);
        }
    }

    private static bool TryFind(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) == name)
            {
                value = property.Value;
                return true;
            }
        }

        return false;
    }

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        return text.Contains('\\', StringComparison.Ordinal) ? Unescape(text) : text;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 >= text.Length)
            {
                plain.Append(text[at]);
                continue;
            }

            at++;
            plain.Append(text[at] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            at += text[at] == 'u' ? 4 : 0;
        }

        return plain.ToString();
    }
}
