using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>Says operations as tools, as near as the format comes to them.</summary>
/// <param name="kind">Of the backend.</param>
internal sealed class ToolDraft(BackendKind kind)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ExportTool Of(Operation operation)
    {
        var parts = new ParameterParts(kind);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var body = operation.Body is null ? null : new BodyParts(kind, operation);
        List<ExportArgument> given = [.. operation.Parameters.Where(static parameter => parameter.Place != ParameterPlace.Path).Select(parameter => Argument(parameter, parts.Of(parameter, WireName(parameter), "")))];
        given.AddRange(body?.Arguments(name => given.Exists(argument => argument.Parts.Any(part => part.Parameter.Name == name))) ?? []);
        given = given.ConvertAll(argument => Free(argument, taken));
        var (path, inPath) = Path(operation, parts, taken);
        return new ExportTool
        {
            Operation = operation,
            Name = NameOf(operation),
            Path = path,
            BodyType = body?.Type ?? kind.BodyType,
            Arguments = [.. inPath, .. given],
            WholeBody = given.Exists(static argument => argument.IsField) ? body!.Whole : null,
            Remark = given.Find(static argument => argument.Parts is [{ IsImplicit: true, Parameter.Name: "_body" }]) is { } whole ? $"The body goes whole as _body: {SchemaWords.Of(whole.Schema)}." : "",
        };
    }

    // A name that begins with an underscore would hide the tool.
    private string NameOf(Operation operation)
    {
        var plain = operation.Name.TrimStart('_') is { Length: > 0 } name ? name : "operation";
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? plain : $"{plain}_{number}").First(_names.Add);
    }

    // Placeholders go nowhere, so that they may be called otherwise where something else has their name.
    private static (string Path, List<ExportArgument> Arguments) Path(Operation operation, ParameterParts parts, HashSet<string> taken)
    {
        var (path, arguments) = (operation.Path, new List<ExportArgument>());
        foreach (var parameter in operation.Parameters.Where(static parameter => parameter.Place == ParameterPlace.Path))
        {
            var wire = WireName(parameter);
            var before = parameter.Wire?.Style switch
            {
                ParameterStyle.Label => ".",
                ParameterStyle.Matrix => $";{wire}=",
                _ => "",
            };
            var name = wire;
            while (!taken.Add(name))
            {
                name += "_in_path";
            }

            path = path.Replace($"{{{wire}}}", $"{before}{{{name}}}", StringComparison.Ordinal);
            arguments.Add(Argument(parameter, parts.Of(parameter, name, before)));
        }

        return (path, arguments);
    }

    private static string WireName(Parameter parameter) => parameter.Wire?.Name ?? parameter.Name;

    private static ExportArgument Argument(Parameter parameter, IReadOnlyList<ExportPart> parts) => new()
    {
        Name = parameter.Name,
        IsRequired = parameter.Required || parameter.Place == ParameterPlace.Path,
        Schema = parameter.Schema,
        Words = parameter.Place switch
        {
            ParameterPlace.Body => $"field '{WireName(parameter)}'",
            ParameterPlace.Cookie => $"cookie '{WireName(parameter)}'",
            ParameterPlace.Header => $"header '{WireName(parameter)}'",
            var place => $"{place.ToString().ToLowerInvariant()} parameter '{WireName(parameter)}'",
        },
        Parts = parts,
        Obstacle = parameter.Place == ParameterPlace.Cookie ? "no place in this format" : parts.Count == 0 ? "an object of which no property has a name" : "no words in this format",
    };

    // A file names a parameter once, and a header in one way.
    private static ExportArgument Free(ExportArgument argument, HashSet<string> taken)
    {
        var names = argument.Parts.SelectMany(static part => part.Parameter.Place == ParameterPlace.Header ? [part.Parameter.Name, $"header {part.Parameter.Name.ToLowerInvariant()}"] : new[] { part.Parameter.Name }).Distinct(StringComparer.Ordinal).ToList();
        if (names.Exists(taken.Contains))
        {
            return argument with { Parts = [], Obstacle = "the name of another parameter" };
        }

        taken.UnionWith(names);
        return argument;
    }
}
