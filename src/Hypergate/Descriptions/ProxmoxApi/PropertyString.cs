using System.Text.Json;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>
/// Parameters that hold several settings in one text: <c>virtio,bridge=vmbr0,firewall=1</c>. A caller may give that text, or an object
/// with the settings by name.
/// </summary>
internal static class PropertyString
{
    private const int LongestForm = 700;

    /// <summary>Its parts are declared, or the form of the text shows that there are some.</summary>
    public static bool Is(JsonElement declared) =>
        ApiText.Of(declared, "type") is null or "string"
        && (ApiText.Object(declared, "format") is not null
            || (ApiText.Of(declared, "format") is { } name && !name.EndsWith("-list", StringComparison.Ordinal) && HasParts(ApiText.Of(declared, "typetext"))));

    /// <summary>Writes the keywords into an open object.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement declared)
    {
        writer.WriteStartArray("type");
        writer.WriteStringValue("string");
        writer.WriteStringValue("object");
        writer.WriteEndArray();
        if (ApiText.Object(declared, "format") is not { } parts)
        {
            return;
        }

        writer.WriteStartObject("properties");
        foreach (var part in parts.EnumerateObject())
        {
            if (part.Value.ValueKind == JsonValueKind.Object && !IsAlias(part.Value))
            {
                writer.WriteStartObject(part.Name);
                ParameterSchema.Write(writer, part.Value, withText: true);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
        WriteRequired(writer, parts);
        writer.WriteBoolean("additionalProperties", false);
    }

    /// <summary>How it is written as a text.</summary>
    public static string Text(JsonElement declared)
    {
        var form = DescriptionText.OneLine(ApiText.Of(declared, "typetext"), LongestForm);
        return form.Length > 0 ? $"An object, or one text: {form}" : $"An object, or one text: {Form(declared)}";
    }

    private static string Form(JsonElement declared)
    {
        var names = ApiText.Object(declared, "format")?.EnumerateObject()
            .Where(static part => part.Value.ValueKind == JsonValueKind.Object && !IsAlias(part.Value))
            .Select(static part => ApiText.Flag(part.Value, "default_key") ? $"[{part.Name}=]…" : $"{part.Name}=…") ?? [];
        return DescriptionText.Shorten(string.Join(",", names), LongestForm);
    }

    private static void WriteRequired(Utf8JsonWriter writer, JsonElement parts)
    {
        writer.WriteStartArray("required");
        foreach (var part in parts.EnumerateObject())
        {
            if (part.Value.ValueKind == JsonValueKind.Object && !IsAlias(part.Value) && !ApiText.Flag(part.Value, "optional"))
            {
                writer.WriteStringValue(part.Name);
            }
        }

        writer.WriteEndArray();
    }

    // Another spelling of a setting: virtio=MAC is model and macaddr.
    private static bool IsAlias(JsonElement part) => ApiText.Of(part, "alias") is not null;

    private static bool HasParts(string? form) =>
        form is not null && form.Contains('=', StringComparison.Ordinal) && (form.Contains("[,", StringComparison.Ordinal) || form.Contains("=<", StringComparison.Ordinal));
}
