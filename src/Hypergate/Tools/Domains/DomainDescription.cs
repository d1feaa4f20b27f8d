using System.Text;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Domains;

/// <summary>The description of a domain tool: each operation by its signature, in as few words as will do.</summary>
internal static class DomainDescription
{
    private const int MostBodyNames = 8;

    public static string Of(DomainTool tool)
    {
        var text = new StringBuilder();
        text.Append(tool.Acts ? "Change " : "").Append(tool.Platform).Append(' ').Append(tool.Domain.Replace('_', ' ')).Append('.');
        if (tool.Acts)
        {
            text.Append(" Needs the person's consent.");
            Append(text, "\n", tool.Operations);
            return text.ToString();
        }

        Append(text, "\nLists: ", tool.Operations.Where(static operation => operation.Result == ResultShape.List));
        Append(text, "\nObjects: ", tool.Operations.Where(static operation => operation.Result != ResultShape.List));
        return text.ToString();
    }

    /// <summary>What a caller must and may give, without what shapes every list.</summary>
    public static string Signature(Operation operation)
    {
        var arguments = operation.Parameters
            .Where(parameter => parameter.Required || !OwnArguments.ShapesLists(operation, parameter))
            .Select(static parameter => parameter.Required ? parameter.Name : $"{parameter.Name}?")
            .Concat(operation.Body is { } body ? [BodyWords(body)] : []);
        var list = string.Join(", ", arguments);
        return list.Length == 0 ? operation.Name : $"{operation.Name}({list})";
    }

    private static void Append(StringBuilder text, string label, IEnumerable<Operation> operations)
    {
        var separator = label;
        foreach (var operation in operations)
        {
            text.Append(separator).Append(Signature(operation));
            separator = "; ";
        }
    }

    // body{name_label, template, memory?}: the names are what a model needs to guess right.
    private static string BodyWords(RequestBody body)
    {
        var mark = body.Required ? "body" : "body?";
        if (!body.Schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return mark;
        }

        var required = body.Schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(static name => name.ToString()).ToHashSet(StringComparer.Ordinal)
            : [];
        var ordered = properties.EnumerateObject().Select(static property => property.Name)
            .OrderBy(name => required.Contains(name) ? 0 : 1)
            .Select(name => required.Contains(name) ? name : $"{name}?")
            .ToList();
        var shown = ordered.Count > MostBodyNames ? ordered.Take(MostBodyNames).Append("…") : ordered;
        return $"{mark}{{{string.Join(", ", shown)}}}";
    }
}
