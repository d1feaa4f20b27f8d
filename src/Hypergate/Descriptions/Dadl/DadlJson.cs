using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Values of a file as JSON: by the type that is declared for them, else by the YAML 1.2 core schema.</summary>
internal static class DadlJson
{
    public static JsonElement Of(DadlNode node) => JsonLists.Write(writer => Write(writer, node));

    /// <summary>The value as a declared type wants it; undefined where it does not fit.</summary>
    public static JsonElement Typed(DadlNode node, string type) => (type, node) switch
    {
        ("string" or "file_url", DadlNode.Scalar scalar) => JsonLists.Text(scalar.Text),
        ("integer", DadlNode.Scalar scalar) => Integer(scalar.Text) is { } whole ? JsonElement.Parse(whole) : default,
        ("number", DadlNode.Scalar scalar) => Number(scalar.Text) is { } number ? JsonElement.Parse(number) : default,
        ("boolean", DadlNode.Scalar scalar) => scalar.Text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" => JsonElement.Parse("true"),
            "false" or "no" or "off" => JsonElement.Parse("false"),
            _ => default,
        },
        ("array", DadlNode.Sequence) or ("object", DadlNode.Mapping) => Of(node),
        _ => default,
    };

    /// <summary>What can be made of a value that does not fit its type, without losing anything; undefined for nothing.</summary>
    public static JsonElement Converted(DadlNode node, string type) => (type, node) switch
    {
        ("integer", DadlNode.Scalar scalar) when decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number =>
            JsonElement.Parse(decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)),
        ("array", DadlNode.Scalar scalar) => Parsed(scalar.Text) is { ValueKind: JsonValueKind.Array } list ? list : JsonLists.Of([Of(scalar)]),
        ("object", DadlNode.Scalar scalar) when Parsed(scalar.Text) is { ValueKind: JsonValueKind.Object } map => map,
        _ => default,
    };

    /// <summary>A whole number in JSON's digits; null where it is none.</summary>
    public static string? Integer(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? (BigInteger.TryParse($"0{text[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal.ToString(CultureInfo.InvariantCulture) : null)
        : text.StartsWith("0o", StringComparison.Ordinal) ? Octal(text[2..])
        : text.Length <= 400 && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Octal(string digits) =>
        digits.Length is > 0 and <= 21 && digits.All(static c => c is >= '0' and <= '7') ? Convert.ToInt64(digits, 8).ToString(CultureInfo.InvariantCulture) : null;

    private static string? Number(string text)
    {
        if (Integer(text) is { } whole)
        {
            return whole;
        }

        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return null;
        }

        // 1.10 stays 1.10 where JSON writes it so as well.
        return text[0] is '-' or (>= '0' and <= '9') && Parsed(text) is { ValueKind: JsonValueKind.Number } ? text : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, DadlNode node)
    {
        switch (node)
        {
            case DadlNode.Mapping map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Key);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case DadlNode.Sequence list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case DadlNode.Scalar scalar:
                Write(writer, scalar);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, DadlNode.Scalar scalar)
    {
        if (!scalar.IsPlain)
        {
            writer.WriteStringValue(scalar.Text);
        }
        else if (scalar.IsNull)
        {
            writer.WriteNullValue();
        }
        else if (scalar.Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            writer.WriteBooleanValue(scalar.Text[0] is 't' or 'T');
        }
        else if (scalar.Text[0] is '-' or '+' or '.' or (>= '0' and <= '9') && Number(scalar.Text) is { } number)
        {
            writer.WriteRawValue(number);
        }
        else
        {
            writer.WriteStringValue(scalar.Text);
        }
    }
}
