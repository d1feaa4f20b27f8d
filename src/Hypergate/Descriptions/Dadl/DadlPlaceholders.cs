using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Holds the placeholders of a path against the parameters.</summary>
internal static partial class DadlPlaceholders
{
    public static void Check(DadlSection tool, string path, IReadOnlyList<DadlParameter> parameters)
    {
        var placeholders = In(path);
        foreach (var name in placeholders)
        {
            if (parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                tool.Fault(DadlRules.Placeholder, "path", DadlFaults.WithNearest($"{{{name}}} has no parameter", name, parameters.Select(static known => known.Name)));
            }
            else if (parameter.Place != ParameterPlace.Path)
            {
                tool.Faults.Add(DadlRules.Placeholder, tool.At($"params.{name}.in"), tool.Map("params")!.Map(name)!.Find("in") ?? tool.Node, $"{{{name}}} stands in the path, so that in must be path");
            }
            else if (!parameter.Required && parameter.Default.ValueKind == JsonValueKind.Undefined)
            {
                tool.Faults.Add(DadlRules.PathRequired, tool.At($"params.{name}"), tool.Map("params")!.Map(name)!.Node, "a path parameter must be required: true");
            }
        }

        foreach (var parameter in parameters.Where(parameter => parameter.Place == ParameterPlace.Path && !placeholders.Contains(parameter.Name) && tool.Map("params")!.Map(parameter.Name)!.Text("in") == "path"))
        {
            tool.Faults.Add(DadlRules.NoPlaceholder, tool.At($"params.{parameter.Name}"), tool.Map("params")!.Map(parameter.Name)!.Node, $"the path has no {{{parameter.Name}}}: write it into the path, or give it another place (in: query)");
        }
    }

    /// <summary>The names in braces.</summary>
    public static IReadOnlyList<string> In(string path) => [.. Placeholder().Matches(path).Select(static match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>The path with names that hold nothing but letters, digits and underscores.</summary>
    public static string Plain(string path) => Placeholder().Replace(path, static match => string.Concat(match.Value.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '{' or '}' ? c : '_')));

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
