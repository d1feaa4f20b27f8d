using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Reads what an operation takes in its path and query.</summary>
internal sealed class ParameterReader(ReadingContext context)
{
    // Most parameters are written again and again: the same JSON gives the same parameter.
    private readonly Dictionary<string, Parameter> _read = new(StringComparer.Ordinal);

    /// <summary>The parameters to show, path first in the order of the template, and the switches.</summary>
    /// <exception cref="UnusableOperationException">A placeholder is not declared, or a parameter cannot be sent.</exception>
    public (IReadOnlyList<Parameter> Shown, IReadOnlyList<string> Switches) Read(
        Route route, PathTemplate path, JsonElement pathItem, JsonElement operation)
    {
        var declared = new List<(JsonElement Element, string Name, string Place)>();
        Collect(pathItem, declared);
        Collect(operation, declared);

        if (context.Rules.IsGeneral)
        {
            return (new GeneralParameters(SchemaOf).Read(path, declared), []);
        }

        var shown = path.Placeholders.Select(placeholder => InPath(placeholder, declared)).ToList();
        var switches = new List<string>();
        foreach (var (element, name, place) in declared)
        {
            var isRequired = SchemaKeywords.IsTrue(element, "required");
            if (place == "query" && context.Rules.Switches.Contains(name, StringComparer.Ordinal))
            {
                switches.Add(name);
            }
            else if (place == "query" && Obstacle(name, shown) is not { } obstacle)
            {
                shown.Add(Read(element, name, ParameterPlace.Query, isRequired));
            }
            else if (place != "path")
            {
                LeaveOut(route, name, place, isRequired, Obstacle(name, shown));
            }
        }

        return (shown, switches);
    }

    // Those of the operation stand for those of its path with the same name and place.
    private void Collect(JsonElement holder, List<(JsonElement Element, string Name, string Place)> declared)
    {
        if (!holder.TryGetProperty("parameters", out var list))
        {
            return;
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > context.Rules.Limits.ParametersOfAnOperation)
        {
            throw new UnusableOperationException("its parameters are not a list, or too many");
        }

        foreach (var item in list.EnumerateArray())
        {
            var element = context.References.Follow(item);
            if (Text(element, "name") is not { Length: > 0 } name || Text(element, "in") is not { } place)
            {
                throw new UnusableOperationException("one of its parameters has no name or no place");
            }

            declared.RemoveAll(known => known.Name == name && known.Place == place);
            declared.Add((element, name, place));
        }
    }

    private Parameter InPath(string placeholder, List<(JsonElement Element, string Name, string Place)> declared)
    {
        var found = declared.Find(known => known.Place == "path" && known.Name == placeholder);
        if (found.Name is null)
        {
            throw new UnusableOperationException($"its path names {{{placeholder}}}, which is not declared");
        }

        return ArgumentName.IsGood(placeholder)
            ? Read(found.Element, placeholder, ParameterPlace.Path, isRequired: true)
            : throw new UnusableOperationException("a placeholder of its path is not a usable name");
    }

    private Parameter Read(JsonElement element, string name, ParameterPlace place, bool isRequired)
    {
        var key = element.GetRawText();
        if (_read.TryGetValue(key, out var known))
        {
            return known;
        }

        var standard = context.Rules.StandardParameters.GetValueOrDefault(name);
        var description = SchemaKeywords.Text(element, "description");
        return _read[key] = new Parameter
        {
            Name = name,
            Place = place,
            Required = isRequired,
            Schema = SchemaOf(element, standard),
            Description = string.IsNullOrEmpty(description) ? standard?.Description ?? "" : description,
        };
    }

    private JsonElement SchemaOf(JsonElement element, StandardParameter? standard)
    {
        var examples = standard is { HasExamples: false } ? [] : Examples.ToShow(element, context.References);
        if (standard?.Schema is { } ours)
        {
            return context.Schemas.Read(JsonElement.Parse(ours), examples);
        }

        if (element.TryGetProperty("schema", out var schema)
            || (MediaTypes.Json(element) is { } content && content.TryGetProperty("schema", out schema)))
        {
            return context.Schemas.Read(schema, examples);
        }

        return context.Schemas.Read(JsonElement.Parse("{}"), examples);
    }

    private static string? Obstacle(string name, List<Parameter> shown) => name switch
    {
        _ when !ArgumentName.IsGood(name) => "its name cannot be an argument",
        _ when shown.Exists(parameter => parameter.Name == name) => "its path has a placeholder of that name",
        _ => null,
    };

    private void LeaveOut(Route route, string name, string place, bool isRequired, string? obstacle)
    {
        var shortName = DescriptionText.OneLine(name, DescriptionText.LongestTitle);
        var reason = obstacle ?? "it does not belong to path or query";
        if (isRequired)
        {
            throw new UnusableOperationException($"it needs the {Place(place)} parameter {shortName}, but {reason}");
        }

        if (place == "query")
        {
            context.Warnings.Add($"{route} has no parameter {shortName}: {reason}.");
        }
    }

    private static string Place(string place) => place is "header" or "cookie" or "query" or "formData" or "body" ? place : "unknown";

    private static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
