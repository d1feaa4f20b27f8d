using System.Text.Json;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>
/// Parameters for a value that goes in a style of OpenAPI as entries of a query, of a form, or as parts of one. Whether the format writes
/// the same is for the comparison to say; here stands what comes nearest.
/// </summary>
internal static class StyledParts
{
    /// <param name="about">The parameter with its name; the type is found here.</param>
    /// <param name="wire">The style.</param>
    /// <param name="schema">Of the value.</param>
    /// <param name="asParts">Whether they are parts of a form with files, where an object is one part.</param>
    public static IReadOnlyList<ExportPart> Of(DadlParameter about, ParameterWire wire, JsonElement schema, bool asParts = false)
    {
        var type = wire.Explode ? ExportTypes.OfRepeated(schema) : ExportTypes.Of(schema);
        return (wire.Style, type) switch
        {
            (ParameterStyle.Json, _) => [new(Joined(about, wire, type), Conversions.Entry(wire))],
            (ParameterStyle.DeepObject, "object") => Deep(about, schema, asParts),
            (_, "object") when wire.Explode => [.. SchemaFields.Of(schema).Select(field => Member(about, field))],
            (_, "array") when wire.Explode || wire.Style == ParameterStyle.DeepObject => [List(about, wire, schema)],
            (_, "array" or "object") => [new(Joined(about, wire, type), Conversions.Entry(wire))],
            _ => [new(about with { Type = type }, Conversions.Typed(type, isText: true))],
        };
    }

    /// <summary>A parameter of a type, with what people must know of how to give it.</summary>
    public static DadlParameter Typed(DadlParameter about, string type, string remark) => about with { Type = type, Description = $"{about.Description} ({remark})".TrimStart() };

    /// <summary>A text for a list or an object whose values one text holds.</summary>
    public static DadlParameter Joined(DadlParameter about, ParameterWire wire, string type) => Typed(about, "string", (type, wire) switch
    {
        (_, { Style: ParameterStyle.Json }) => "JSON",
        ("object", { Explode: true }) => "each as name=value, several are separated by commas",
        ("object", _) => $"names and values in turn, separated by {Separator(wire.Style)}",
        _ => $"several are separated by {Separator(wire.Style)}",
    });

    // Each property stands for itself.
    private static ExportPart Member(DadlParameter about, SchemaField field)
    {
        var type = ExportTypes.Of(field.Schema);
        var own = about with { Name = field.Name, Required = about.Required && field.IsRequired, Description = field.Description };
        return type is "array" or "object"
            ? new(Typed(own, "string", "JSON"), Conversions.Member(field.Name, Conversions.JsonText))
            : new(own with { Type = type }, Conversions.Member(field.Name, Conversions.Typed(type, isText: true)));
    }

    private static ExportPart List(DadlParameter about, ParameterWire wire, JsonElement schema) =>
        wire.Style != ParameterStyle.DeepObject && schema.TryGetProperty("items", out var items) && ExportTypes.Of(items) is "object" or "array"
            ? new(Typed(about, "array", "each is JSON as a text"), Conversions.Items(wire))
            : new(about with { Type = "array" }, Conversions.Typed("array", isText: true));

    // An object, unless it holds lists: those are written otherwise inside than alone.
    private static IReadOnlyList<ExportPart> Deep(DadlParameter about, JsonElement schema, bool asParts)
    {
        var fields = SchemaFields.Of(schema);
        return fields.Count == 0 || !(asParts || fields.Any(static field => HoldsLists(field.Schema)))
            ? [new(about with { Type = "object" }, Conversions.Typed("object", isText: true))]
            : [.. fields.SelectMany(field => Inside(about, field, asParts))];
    }

    private static IEnumerable<ExportPart> Inside(DadlParameter about, SchemaField field, bool asParts)
    {
        var own = about with { Name = $"{about.Name}[{field.Name}]", Required = about.Required && field.IsRequired, Description = field.Description };
        var type = ExportTypes.Of(field.Schema);
        var parts = type == "object" ? Deep(own, field.Schema, asParts) : [new(own with { Type = type }, Conversions.Typed(type, isText: true))];
        return parts.Select(part => part with { Convert = Conversions.Member(field.Name, part.Convert) });
    }

    private static bool HoldsLists(JsonElement schema) => ExportTypes.All(schema).Contains("array") || SchemaFields.Of(schema).Any(static field => HoldsLists(field.Schema));

    private static string Separator(ParameterStyle style) => style switch
    {
        ParameterStyle.SpaceDelimited => "blanks",
        ParameterStyle.PipeDelimited => "bars (|)",
        ParameterStyle.TabDelimited => "tabs",
        _ => "commas",
    };
}
