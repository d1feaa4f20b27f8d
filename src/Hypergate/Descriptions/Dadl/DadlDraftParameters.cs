using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>The parameters of an operation and the fields of its body, as a file can say them.</summary>
internal static partial class DadlDraftParameters
{
    private const int LongestDescription = 500;
    private const int NumberedFields = 8;

    public static IReadOnlyList<DadlParameter> Of(Operation operation, DadlDraft draft)
    {
        var parameters = new List<DadlParameter>();
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Place != ParameterPlace.Cookie))
        {
            var isJoined = parameter.Wire is { Explode: false } || parameter.Place != ParameterPlace.Query;
            parameters.Add(Of(parameter.Wire?.Name ?? parameter.Name, parameter.Place, parameter.Required, (parameter.Schema, parameter.Description), (draft.IsPlainForm, isJoined)));
        }

        var taken = parameters.Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var fields = operation.Body is { } body ? Fields(body, draft).ToList() : [];

        // A file names a parameter once: where a field has the name of another, the body is given as a whole.
        return fields.Exists(field => taken.Contains(field.Name)) ? parameters : [.. parameters, .. fields];
    }

    private static IEnumerable<DadlParameter> Fields(RequestBody body, DadlDraft draft)
    {
        if (body.Schema.ValueKind != JsonValueKind.Object || !body.Schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            if (!body.MediaType.Contains("json", StringComparison.OrdinalIgnoreCase) && body.MediaType != "application/octet-stream" && !body.MediaType.Contains("form", StringComparison.Ordinal))
            {
                yield return new DadlParameter { Name = "body", Place = ParameterPlace.Body, Required = body.Required };
            }

            yield break;
        }

        var required = body.Required && body.Schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var property in properties.EnumerateObject())
        {
            yield return Of(property.Name, ParameterPlace.Body, required.Contains(property.Name), (property.Value, Text(property.Value)), (draft.IsPlainForm, false));
        }

        foreach (var name in body.Schema.TryGetProperty("patternProperties", out var patterns) ? patterns.EnumerateObject().SelectMany(static pattern => Numbered(pattern.Name)) : [])
        {
            yield return new DadlParameter { Name = name, Place = ParameterPlace.Body };
        }
    }

    // Joined values are one text with commas; a plain form knows 1 and 0, and no objects.
    private static DadlParameter Of(string name, ParameterPlace place, bool isRequired, (JsonElement Schema, string Description) known, (bool IsPlain, bool IsJoined) form)
    {
        var type = TypeOf(known.Schema);
        return new DadlParameter
        {
            Name = name,
            Place = place,
            Required = isRequired || place == ParameterPlace.Path,
            Type = (type, form) switch
            {
                ("array" or "object", (_, true)) or ("object", (true, _)) => "string",
                ("boolean", (true, _)) when place is ParameterPlace.Body or ParameterPlace.Query => "integer",
                _ => type,
            },
            Description = DescriptionText.OneLine((type, form) switch
            {
                ("array", (_, true)) => $"{known.Description} (several are separated by commas)",
                ("boolean", (true, _)) => $"{known.Description} (1 or 0)",
                _ => known.Description,
            }, LongestDescription),
        };
    }

    // The first type that is not null; a text where several are possible.
    private static string TypeOf(JsonElement schema)
    {
        var types = Types(schema).Distinct(StringComparer.Ordinal).ToList();
        return types.Count == 1 ? types[0] : types.Count == 0 || types.Contains("string") ? "string" : types.Contains("object") ? "object" : types[0];
    }

    private static IEnumerable<string> Types(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        if (schema.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("binary"))
        {
            yield return "file_url";
            yield break;
        }

        if (schema.TryGetProperty("type", out var type))
        {
            foreach (var word in (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(static one => one.ToString()) : [type.ToString()]).Where(static word => word is "string" or "integer" or "number" or "boolean" or "array" or "object"))
            {
                yield return word;
            }
        }

        foreach (var inner in ((string[])["anyOf", "oneOf"]).Where(word => schema.TryGetProperty(word, out _)).SelectMany(word => schema.GetProperty(word).EnumerateArray()).SelectMany(Types))
        {
            yield return inner;
        }

        if (!schema.TryGetProperty("type", out _) && schema.TryGetProperty("properties", out _))
        {
            yield return "object";
        }
    }

    // net0, net1 …: a file must name each.
    private static IEnumerable<string> Numbered(string pattern) => NumberedPattern().Match(pattern) is { Success: true } match
        ? Enumerable.Range(0, NumberedFields).Select(number => match.Groups["name"].Value + number.ToString(CultureInfo.InvariantCulture))
        : [];

    private static string Text(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    [GeneratedRegex(@"^\^(?<name>[A-Za-z_-]+)[\[\(\\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberedPattern();
}
