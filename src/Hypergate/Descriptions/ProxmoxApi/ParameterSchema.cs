using System.Text.Json;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>A parameter of the API as JSON Schema.</summary>
internal static class ParameterSchema
{
    private const int MostChoices = 300;

    private static readonly string[] Limits = ["minimum", "maximum", "minLength", "maxLength"];

    /// <summary>Formats that are worth a check before anything is sent; the platform knows the others.</summary>
    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["pve-node"] = "^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$",
        ["pve-configid"] = "^[A-Za-z][A-Za-z0-9_-]+$",
        ["pve-storage-id"] = "^[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9]$",
        ["mac-addr"] = "^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}$",
    };

    /// <summary>Writes the keywords into an open object.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement declared, bool withText)
    {
        var type = ApiText.Of(declared, "type") ?? "string";
        var (isText, isList) = (type == "string", type == "string" && IsList(declared));
        if (isText && PropertyString.Is(declared))
        {
            PropertyString.Write(writer, declared);
        }
        else if (isList)
        {
            writer.WriteStartArray("type");
            writer.WriteStringValue("string");
            writer.WriteStringValue("array");
            writer.WriteEndArray();
            WriteItems(writer, default);
        }
        else
        {
            WriteType(writer, declared, type);
        }

        WriteLimits(writer, declared, type);
        WriteDefault(writer, declared, type);
        if (withText && Text(declared) is { Length: > 0 } text)
        {
            writer.WriteString("description", text);
        }
    }

    /// <summary>What it means, in one line; may be empty.</summary>
    public static string Text(JsonElement declared)
    {
        var parts = new List<string> { DescriptionText.OneLine(ApiText.Of(declared, "description"), DescriptionText.LongestNote) };
        if (PropertyString.Is(declared))
        {
            parts.Add(PropertyString.Text(declared));
        }
        else if (ApiText.Of(declared, "type") is null or "string" && IsList(declared))
        {
            parts.Add("Several: as an array, or joined by commas.");
        }

        if (ApiText.Of(declared, "requires") is { } other)
        {
            parts.Add($"Needs {other} too.");
        }

        if (declared.ValueKind == JsonValueKind.Object && declared.TryGetProperty("default", out var standard)
            && standard.ValueKind == JsonValueKind.String && ApiText.Of(declared, "type") is not (null or "string") && !IsDefault(standard, ApiText.Of(declared, "type")!))
        {
            parts.Add($"Default: {DescriptionText.OneLine(standard.GetString(), 80)}.");
        }

        return string.Join(' ', parts.Where(static part => part.Length > 0));
    }

    private static bool IsList(JsonElement declared) => ApiText.Of(declared, "format")?.EndsWith("-list", StringComparison.Ordinal) == true;

    private static void WriteType(Utf8JsonWriter writer, JsonElement declared, string type)
    {
        writer.WriteString("type", type is "string" or "integer" or "number" or "boolean" or "array" or "object" ? type : "string");
        if (type == "array")
        {
            WriteItems(writer, ApiText.Object(declared, "items") ?? default);
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, JsonElement items)
    {
        writer.WriteStartObject("items");
        Write(writer, items, withText: true);
        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, JsonElement declared, string type)
    {
        foreach (var limit in Limits)
        {
            if (declared.ValueKind == JsonValueKind.Object && declared.TryGetProperty(limit, out var value) && value.ValueKind == JsonValueKind.Number)
            {
                writer.WritePropertyName(limit);
                value.WriteTo(writer);
            }
        }

        if (type == "string" && Pattern(declared) is { } pattern)
        {
            writer.WriteString("pattern", pattern);
        }

        if (declared.ValueKind == JsonValueKind.Object && declared.TryGetProperty("enum", out var choices)
            && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() is > 0 and <= MostChoices)
        {
            writer.WritePropertyName("enum");
            choices.WriteTo(writer);
        }
    }

    private static string? Pattern(JsonElement declared) =>
        ApiText.Of(declared, "pattern") is { } own ? PerlPattern.ToSchema(own)
        : ApiText.Of(declared, "format") is { } format ? Patterns.GetValueOrDefault(format)
        : null;

    private static void WriteDefault(Utf8JsonWriter writer, JsonElement declared, string type)
    {
        if (declared.ValueKind != JsonValueKind.Object || !declared.TryGetProperty("default", out var standard) || !IsDefault(standard, type))
        {
            return;
        }

        if (type == "boolean")
        {
            writer.WriteBoolean("default", ApiText.IsSet(standard));
        }
        else if (type is "integer" or "number" && standard.ValueKind == JsonValueKind.String)
        {
            writer.WriteNumber("default", decimal.Parse(standard.GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WritePropertyName("default");
            standard.WriteTo(writer);
        }
    }

    // Defaults may be prose: "max(30, vm memory in GiB)".
    private static bool IsDefault(JsonElement value, string type) => type switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number || value.ValueKind == JsonValueKind.String && value.GetString() is "0" or "1",
        "integer" or "number" => value.ValueKind == JsonValueKind.Number
            || (value.ValueKind == JsonValueKind.String && decimal.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _)),
        "string" => value.ValueKind == JsonValueKind.String,
        _ => false,
    };
}
