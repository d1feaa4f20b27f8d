using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Descriptions.OpenApi;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest;

/// <summary>
/// Corrections of a document: under <c>operations</c> a map by the document's operationId or by <c>METHOD /path</c> to
/// <c>name</c>, <c>title</c>, <c>description</c>, <c>access</c>, <c>deprecated</c>, <c>hidden</c> and <c>parameters</c>, a map by name
/// to <c>name</c>, <c>description</c>, <c>required</c>, <c>schema</c> and <c>hidden</c>.
/// </summary>
internal sealed class RestOverlay
{
    private static readonly string[] OfOperation = ["name", "title", "description", "access", "deprecated", "hidden", "parameters"];
    private static readonly string[] OfParameter = ["name", "description", "required", "schema", "hidden"];

    private readonly List<(string Key, JsonElement Change)> _changes = [];

    public static RestOverlay None { get; } = new();

    /// <exception cref="DescriptionException">It is no overlay; the text says what is wrong.</exception>
    public static RestOverlay Read(ReadOnlySpan<byte> text)
    {
        var root = Parse(YamlDocument.MayBe(text) ? YamlDocument.ToJson(text) : text);
        if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(static property => property.Name != "operations")
            || !root.TryGetProperty("operations", out var operations) || operations.ValueKind != JsonValueKind.Object)
        {
            throw new DescriptionException("The overlay must hold operations, a map, and nothing beside it");
        }

        var overlay = new RestOverlay();
        foreach (var operation in operations.EnumerateObject())
        {
            Check(operation.Value, OfOperation, operation.Name);
            foreach (var parameter in operation.Value.TryGetProperty("parameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object ? parameters.EnumerateObject() : default)
            {
                Check(parameter.Value, OfParameter, $"{operation.Name}.parameters.{parameter.Name}");
            }

            if (operation.Value.TryGetProperty("access", out var access) && !Enum.TryParse<Access>(access.ToString(), ignoreCase: true, out _))
            {
                throw new DescriptionException($"The overlay's {operation.Name}.access is read, write, admin or dangerous");
            }

            overlay._changes.Add((operation.Name, operation.Value));
        }

        return overlay;
    }

    /// <summary>The description with the corrections, and a fault for each that fits nothing.</summary>
    public Description Apply(Description description, DocumentPaths paths)
    {
        var unused = _changes.Select(static change => change.Key).ToHashSet(StringComparer.Ordinal);
        var operations = new List<Operation>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (var operation in description.Operations)
        {
            var changed = operation;
            foreach (var (key, change) in _changes.Where(change => IsMeant(change.Key, operation, paths)))
            {
                unused.Remove(key);
                changed = changed is null ? null : Change(changed, change);
            }

            if (changed is not null && taken.Add(changed.Name))
            {
                operations.Add(changed);
            }
            else if (changed is not null)
            {
                faults.Add($"The overlay gives {changed.Method} {changed.Path} the name {changed.Name}, which another operation has; it was left out.");
            }
        }

        faults.AddRange(unused.Order(StringComparer.Ordinal).Select(key => Unused(key, description)));
        return description with { Operations = operations, Warnings = [.. description.Warnings, .. faults], Faults = [.. description.Faults, .. faults] };
    }

    // A correction that corrects nothing may have been meant to hide something.
    private static string Unused(string key, Description description) =>
        $"The overlay names {DescriptionText.OneLine(key, DescriptionText.LongestTitle)}, which fits no operation.{(NearestName.Find(key, description.Operations.Select(static operation => operation.DeclaredName)) is { } near ? $" Did you mean {near}?" : "")}";

    private static bool IsMeant(string key, Operation operation, DocumentPaths paths) =>
        key == operation.DeclaredName || key == operation.Name || paths.Any(operation, path => key.Equals($"{operation.Method} {path}", StringComparison.OrdinalIgnoreCase));

    private static Operation? Change(Operation operation, JsonElement change)
    {
        if (IsTrue(change, "hidden"))
        {
            return null;
        }

        return operation with
        {
            Name = Text(change, "name") is { } name ? OperationNames.Clean(name) : operation.Name,
            Title = Text(change, "title") is { } title ? DescriptionText.OneLine(title, DescriptionText.LongestTitle) : operation.Title,
            Description = Text(change, "description") is { } text ? DescriptionText.OneLine(text, DescriptionText.LongestDescription) : operation.Description,
            Access = Enum.TryParse<Access>(Text(change, "access"), ignoreCase: true, out var access) ? access : operation.Access,
            Deprecated = change.TryGetProperty("deprecated", out _) ? IsTrue(change, "deprecated") : operation.Deprecated,
            Parameters = change.TryGetProperty("parameters", out var parameters) ? [.. operation.Parameters.Select(parameter => Change(parameter, parameters)).OfType<Parameter>()] : operation.Parameters,
        };
    }

    private static Parameter? Change(Parameter parameter, JsonElement changes)
    {
        if (!changes.TryGetProperty(parameter.Wire?.Name ?? parameter.Name, out var change) && !changes.TryGetProperty(parameter.Name, out change))
        {
            return parameter;
        }

        // What the path needs cannot be hidden.
        if (IsTrue(change, "hidden") && parameter.Place != ParameterPlace.Path)
        {
            return null;
        }

        var name = Text(change, "name") is { } wish && ArgumentName.IsGood(wish) ? wish : parameter.Name;
        return parameter with
        {
            Name = name,
            Wire = name == parameter.Name ? parameter.Wire : parameter.Wire ?? Plain(parameter),
            Description = Text(change, "description") is { } text ? DescriptionText.OneLine(text, DescriptionText.LongestDescription) : parameter.Description,
            Required = change.TryGetProperty("required", out _) ? IsTrue(change, "required") || parameter.Place == ParameterPlace.Path : parameter.Required,
            Schema = change.TryGetProperty("schema", out var schema) ? schema : parameter.Schema,
        };
    }

    private static ParameterWire Plain(Parameter parameter) => parameter.Place == ParameterPlace.Query
        ? new ParameterWire(parameter.Name, ParameterStyle.Form, Explode: true)
        : new ParameterWire(parameter.Name, ParameterStyle.Simple, Explode: false);

    private static void Check(JsonElement change, string[] known, string where)
    {
        if (change.ValueKind != JsonValueKind.Object)
        {
            throw new DescriptionException($"The overlay's {where} must be a map");
        }

        foreach (var property in change.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                var nearest = NearestName.Find(property.Name, known);
                throw new DescriptionException($"The overlay's {where} has {property.Name}, which means nothing there{(nearest is null ? "" : $"; did you mean {nearest}?")}");
            }
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new DescriptionException($"The overlay is not valid JSON: {exception.Message}", exception);
        }
    }

    private static string? Text(JsonElement change, string property) =>
        change.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement change, string property) => change.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;
}
