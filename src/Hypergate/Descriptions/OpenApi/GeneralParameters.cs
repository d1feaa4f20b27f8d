using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>The parameters of an API that is known by its document alone: of every place and style, under names that clients take.</summary>
/// <param name="schemaOf">Reads the schema of a parameter.</param>
internal sealed class GeneralParameters(Func<JsonElement, StandardParameter?, JsonElement> schemaOf)
{
    private const int LongestName = 60;
    private const int LongestDescription = 400;

    // Set by the body, the answer and the credential.
    private static readonly string[] SetElsewhere = ["accept", "content-type", "authorization", "cookie", "host", "content-length", "connection", "transfer-encoding", "user-agent"];

    // What tools take beside the operation's own arguments.
    private static readonly string[] Taken = ["body", "backend", "operation", "arguments", "confirm_token", "__proto__", "constructor", "prototype"];

    public IReadOnlyList<Parameter> Read(PathTemplate path, List<(JsonElement Element, string Name, string Place)> declared)
    {
        var names = new HashSet<string>(Taken, StringComparer.Ordinal);
        var shown = path.Placeholders.Select(placeholder => InPath(placeholder, declared, names)).ToList();
        foreach (var (element, name, place) in declared)
        {
            ParameterPlace? where = place switch
            {
                "query" => ParameterPlace.Query,
                "header" when !SetElsewhere.Contains(name, StringComparer.OrdinalIgnoreCase) && IsToken(name) => ParameterPlace.Header,
                "cookie" when IsToken(name) => ParameterPlace.Cookie,
                _ => null,
            };
            if (where is { } known)
            {
                shown.Add(Make(element, name, known, SchemaKeywords.IsTrue(element, "required"), names));
            }
        }

        return shown;
    }

    private Parameter InPath(string placeholder, List<(JsonElement Element, string Name, string Place)> declared, HashSet<string> names)
    {
        var found = declared.Find(known => known.Place == "path" && known.Name == placeholder);
        return Make(found.Name is null ? JsonElement.Parse("""{"schema":{"type":"string"}}""") : found.Element, placeholder, ParameterPlace.Path, isRequired: true, names);
    }

    private Parameter Make(JsonElement element, string name, ParameterPlace place, bool isRequired, HashSet<string> names)
    {
        var schema = schemaOf(element, null);
        var argument = Free(name, names);
        var wire = WireOf(element, name, place);
        return new Parameter
        {
            Name = argument,
            Place = place,
            Required = isRequired,
            Schema = schema,
            Description = DescriptionText.OneLine(element.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : "", LongestDescription),
            Wire = argument == name && IsPlain(wire, place, schema) ? null : wire,
        };
    }

    // filter[name] is filter_name; names that tools need for themselves get an underscore.
    private static string Free(string name, HashSet<string> names)
    {
        var plain = string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')).Trim('_', '.', '-');
        plain = plain.Length == 0 ? "value" : plain[..Math.Min(plain.Length, LongestName)];
        plain = ArgumentName.IsGood(name) && !names.Contains(name) ? name : plain;
        var free = plain;
        for (var number = 2; !names.Add(free); number++)
        {
            free = number == 2 && !names.Contains(plain + "_") ? plain + "_" : $"{plain}_{number}";
        }

        return free;
    }

    /// <summary>How the document says that a value is written.</summary>
    public static ParameterWire WireOf(JsonElement element, string name, ParameterPlace place)
    {
        if (element.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object)
        {
            return new ParameterWire(name, ParameterStyle.Json, Explode: false);
        }

        var style = Text(element, "style") switch
        {
            "form" => ParameterStyle.Form,
            "simple" => ParameterStyle.Simple,
            "label" => ParameterStyle.Label,
            "matrix" => ParameterStyle.Matrix,
            "spaceDelimited" => ParameterStyle.SpaceDelimited,
            "pipeDelimited" => ParameterStyle.PipeDelimited,
            SwaggerTwoParameters.TabDelimited => ParameterStyle.TabDelimited,
            "deepObject" => ParameterStyle.DeepObject,
            _ => place is ParameterPlace.Query or ParameterPlace.Cookie ? ParameterStyle.Form : ParameterStyle.Simple,
        };
        var explode = element.TryGetProperty("explode", out var given) && given.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? given.GetBoolean()
            : style is ParameterStyle.Form or ParameterStyle.DeepObject;
        return new ParameterWire(name, style, explode) { AllowReserved = place == ParameterPlace.Query && SchemaKeywords.IsTrue(element, "allowReserved") };
    }

    private static bool IsPlain(ParameterWire wire, ParameterPlace place, JsonElement schema)
    {
        var type = Text(schema, "type");

        // Items that are objects go as JSON, which is the business of styles.
        type = type == "array" ? schema.TryGetProperty("items", out var items) ? Text(items, "type") : null : type;
        return place switch
        {
            ParameterPlace.Query => wire is { Style: ParameterStyle.Form, Explode: true, AllowReserved: false } && type is "string" or "integer" or "number" or "boolean",
            ParameterPlace.Path => wire.Style == ParameterStyle.Simple && Text(schema, "type") is "string" or "integer" or "number" or "boolean",
            _ => false,
        };
    }

    /// <summary>Whether it can name a header or a cookie.</summary>
    public static bool IsToken(string name) => name.Length > 0 && name.All(IsOfToken);

    private static bool IsOfToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '!' or '#' or '$' or '%' or '&' or '\'' or '*' or '+' or '^' or '`' or '|' or '~';

    private static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
