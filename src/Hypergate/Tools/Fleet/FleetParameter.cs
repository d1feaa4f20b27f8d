using System.Text.Json;

namespace Hypergate.Tools.Fleet;

/// <summary>One argument of a fleet tool.</summary>
/// <param name="Name">In snake_case.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Description">For a model, in few words; may be empty.</param>
internal sealed record FleetParameter(string Name, ArgumentType Type, string Description = "")
{
    public bool Required { get; init; }

    /// <summary>The words that it takes, for a choice; whatever their case.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public long? Least { get; init; }

    public long? Most { get; init; }

    /// <summary>What it is where it is not given, as JSON; null for nothing.</summary>
    public string? Default { get; init; }

    public static FleetParameter Backend { get; } = new("backend", ArgumentType.Text);

    /// <summary>One guest.</summary>
    public static FleetParameter Guest { get; } = new("vmid", ArgumentType.Guest, "Number, uuid, unique name, or backend/node/id") { Required = true };

    /// <summary>Several guests.</summary>
    public static FleetParameter Guests { get; } = new("vmids", ArgumentType.Guests, "Numbers, uuids, unique names, or backend/node/id");

    public static FleetParameter Detail { get; } = new("detail_level", ArgumentType.Choice) { Values = ["Minimal", "Full"], Default = "\"Minimal\"" };

    public static FleetParameter Format { get; } = new("format", ArgumentType.Choice);

    /// <summary>What every list takes.</summary>
    public static IReadOnlyList<FleetParameter> Shape(int limit) =>
    [
        new("fields", ArgumentType.Texts, "Columns, of those of Full"),
        new("limit", ArgumentType.Integer) { Least = 1, Most = 1_000, Default = limit.ToString(System.Globalization.CultureInfo.InvariantCulture) },
        new("cursor", ArgumentType.Text, "From the answer before"),
        Format,
    ];

    /// <summary>What every tool that changes something takes.</summary>
    public static IReadOnlyList<FleetParameter> Change { get; } =
    [
        new("wait_seconds", ArgumentType.Integer, "How long to wait for the task") { Least = 0, Most = 300, Default = "25" },
        new("dry_run", ArgumentType.Flag, "Preview only") { Default = "false" },
        new("confirm_token", ArgumentType.Text, "From the preview of this very call"),
    ];

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject(Name);
        WriteType(writer);
        if (Description.Length > 0)
        {
            writer.WriteString("description", Description);
        }

        if (Least is { } least)
        {
            writer.WriteNumber("minimum", least);
        }

        if (Most is { } most)
        {
            writer.WriteNumber(Type is ArgumentType.Guests or ArgumentType.Texts or ArgumentType.Choices ? "maxItems" : "maximum", most);
        }

        if (Default is { } standard)
        {
            writer.WritePropertyName("default");
            writer.WriteRawValue(standard);
        }

        writer.WriteEndObject();
    }

    private void WriteType(Utf8JsonWriter writer)
    {
        switch (Type)
        {
            case ArgumentType.Guest:
                WriteTypes(writer, "type", "integer", "string");
                break;
            case ArgumentType.Guests:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                WriteTypes(writer, "type", "integer", "string");
                writer.WriteEndObject();
                break;
            case ArgumentType.Texts:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                writer.WriteString("type", "string");
                writer.WriteEndObject();
                break;
            case ArgumentType.Choices:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                WriteTypes(writer, "enum", [.. Values]);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("type", Type switch { ArgumentType.Integer => "integer", ArgumentType.Flag => "boolean", ArgumentType.Number => "number", _ => "string" });
                WriteTypes(writer, "enum", [.. Values]);
                break;
        }
    }

    private static void WriteTypes(Utf8JsonWriter writer, string keyword, params ReadOnlySpan<string> words)
    {
        if (words.Length == 0)
        {
            return;
        }

        writer.WriteStartArray(keyword);
        foreach (var word in words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }
}

/// <summary>What an argument of a fleet tool takes.</summary>
internal enum ArgumentType
{
    Text,
    Integer,
    Number,
    Flag,

    /// <summary>One of some words.</summary>
    Choice,

    /// <summary>Several of some words.</summary>
    Choices,
    Texts,

    /// <summary>A guest by number, uuid, unique name, or backend/node/id.</summary>
    Guest,
    Guests,

    /// <summary>A moment: ISO 8601, or <c>now-24h</c>.</summary>
    Time,

    /// <summary>A span of time: <c>30d</c>, <c>12h</c>.</summary>
    Span,
}
