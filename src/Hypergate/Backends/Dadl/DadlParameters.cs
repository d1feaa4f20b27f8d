using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl;

/// <summary>Makes parameters of those of a tool, with what paging and the gateway itself add.</summary>
internal sealed class DadlParameters(string file, DadlSettings settings, DadlWish wish)
{
    private const int LongestDescription = 1_000;
    private const int LongestFilter = 4_096;
    private const string FileNote = "a file: its handle, file:ID, or an https address";

    public (IReadOnlyList<Parameter> All, CallRules Rules) Of(DadlTool tool, CallRules rules, Access access)
    {
        var taken = Plain(tool);
        var placed = tool.Parameters.Where(parameter => parameter.Place != ParameterPlace.Path || DadlPlaceholders.In(tool.Path).Contains(parameter.Name)).ToList();
        var isSent = placed.ConvertAll(parameter => IsFile(parameter) && SendsBytes(parameter, rules));
        var parameters = placed.Zip(isSent, (parameter, isFile) => Of(tool, parameter, taken, isAddress: IsFile(parameter) && !isFile) is var made && isFile ? OfFile(made) : made).ToList();
        rules = rules with { Files = [.. parameters.Where((_, place) => isSent[place]).Select(static parameter => parameter.Name)] };
        rules = Paged(tool, rules, parameters, taken);
        if (rules.UploadArgument is not null)
        {
            rules = rules with { UploadArgument = Own(parameters, taken, "_file", "string", "The handle of the file that is the whole body: file:ID.", isRequired: true) };
        }

        if (TakesBody(tool, rules, access))
        {
            rules = rules with { BodyArgument = Own(parameters, taken, "_body", null, "The whole body as any JSON value, in place of single fields.", isRequired: false) };
        }

        if ((tool.TakesFilter || settings.OfferFilter) && wish.HasTransforms)
        {
            rules = rules with { FilterArgument = Own(parameters, taken, "_jq", "string", "A jq program for the result.", isRequired: false) };
        }

        return ([.. parameters.OrderBy(static parameter => parameter.Place != ParameterPlace.Path)], rules);
    }

    public IReadOnlyList<Parameter> OfComposite(DadlTool composite)
    {
        var taken = Plain(composite);
        return [.. composite.Parameters.Select(parameter => Of(composite, parameter, taken, isAddress: false))];
    }

    // The schema of a file is that of any text.
    private static Parameter OfFile(Parameter parameter) => parameter with { Description = parameter.Description.Length == 0 ? FileNote : $"{parameter.Description.TrimEnd()} ({FileNote})" };

    // Whoever may keep its name keeps it, wherever it stands.
    private static HashSet<string> Plain(DadlTool tool) => tool.Parameters.Select(static parameter => parameter.Name).Where(IsPlain).ToHashSet(StringComparer.Ordinal);

    private static bool IsPlain(string name) => ArgumentName.IsGood(name) || name == "body";

    private static bool IsFile(DadlParameter parameter) => parameter.Type == "file_url";

    // Parts of a form with files, and a body that is one value, take the bytes; everything else is text, and there the address itself is meant.
    private static bool SendsBytes(DadlParameter parameter, CallRules rules) =>
        parameter.Place == ParameterPlace.Body && !MediaType.IsJson(rules.BodyType) && MediaType.Of(rules.BodyType) != "application/x-www-form-urlencoded";

    private Parameter Of(DadlTool tool, DadlParameter parameter, HashSet<string> taken, bool isAddress)
    {
        var name = IsPlain(parameter.Name) ? parameter.Name : NameFor(parameter.Name, taken);
        var wire = parameter.Place == ParameterPlace.Path ? parameter.Name : settings.ParameterNames.GetValueOrDefault($"{tool.Name}.{parameter.Name}") ?? DadlCorrections.WireName(file, tool.Name, parameter.Name) ?? parameter.Name;
        var isQuery = parameter.Place == ParameterPlace.Query;
        var hasDefault = parameter.Default.ValueKind != JsonValueKind.Undefined && !(tool.Method == "PATCH" && parameter.Place == ParameterPlace.Body);
        return new Parameter
        {
            Name = name,
            Place = parameter.Place,
            Required = (parameter.Required || parameter.Place == ParameterPlace.Path) && !hasDefault,
            Schema = Schema(parameter, hasDefault, isAddress),
            Description = DescriptionText.OneLine(parameter.Description, LongestDescription),
            Wire = parameter.Place == ParameterPlace.Path && name == parameter.Name ? null : new ParameterWire(wire, isQuery ? ParameterStyle.Brackets : ParameterStyle.Simple, Explode: isQuery),
        };
    }

    // What models and clients cannot name gets a name that they can; the other is understood as well.
    private static string NameFor(string name, HashSet<string> taken)
    {
        if (IsPlain(name) && taken.Add(name))
        {
            return name;
        }

        var plain = string.Join('_', name.Split([.. name.Where(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.'))], StringSplitOptions.RemoveEmptyEntries));
        plain = plain.Length == 0 ? "value" : plain[..Math.Min(plain.Length, 60)];
        plain = IsPlain(plain) ? plain : $"{plain.Trim('_')}_value";
        var free = plain;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = $"{plain}_{number}";
        }

        return free;
    }

    private static JsonElement Schema(DadlParameter parameter, bool hasDefault, bool isAddress) => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", IsFile(parameter) ? "string" : parameter.Type);
        if (isAddress)
        {
            writer.WriteString("pattern", "^https://");
        }

        if (hasDefault)
        {
            writer.WritePropertyName("default");
            parameter.Default.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    // Only what paging names is added, and only where a model is to turn the pages or may.
    private static CallRules Paged(DadlTool tool, CallRules rules, List<Parameter> parameters, HashSet<string> taken)
    {
        if (rules.Paging is not { } paging)
        {
            return rules;
        }

        var position = Existing(parameters, paging.Position);
        var limit = Existing(parameters, paging.Limit);
        if (tool.Method == "GET")
        {
            position ??= paging.Position is { } name ? Add(parameters, taken, name, paging.Strategy) : null;
            limit ??= paging.Limit is { } count ? AddLimit(parameters, taken, count, paging.LimitDefault) : null;
        }

        return rules with { Paging = paging with { PositionArgument = position, LimitArgument = limit } };
    }

    // What a path names is the object itself, never a place in a list.
    private static string? Existing(List<Parameter> parameters, string? wire) =>
        wire is null ? null : parameters.Find(parameter => parameter.Place != ParameterPlace.Path && (parameter.Wire?.Name ?? parameter.Name) == wire)?.Name;

    private static string Add(List<Parameter> parameters, HashSet<string> taken, string wire, PagingStrategy strategy) => strategy switch
    {
        PagingStrategy.Page => Query(parameters, taken, wire, "integer", "1-based page."),
        PagingStrategy.Offset => Query(parameters, taken, wire, "integer", "Records to skip."),
        _ => Query(parameters, taken, wire, "string", "Where to go on, from the answer before."),
    };

    private static string AddLimit(List<Parameter> parameters, HashSet<string> taken, string wire, int? usual) =>
        Query(parameters, taken, wire, "integer", usual is null ? "How many at most." : $"How many at most; usually {usual}.");

    private static string Query(List<Parameter> parameters, HashSet<string> taken, string wire, string type, string description)
    {
        var name = NameFor(wire, taken);
        parameters.Add(new Parameter
        {
            Name = name,
            Place = ParameterPlace.Query,
            Schema = Typed(type),
            Description = description,
            Wire = new ParameterWire(wire, ParameterStyle.Brackets, Explode: true),
        });
        return name;
    }

    private static string? Own(List<Parameter> parameters, HashSet<string> taken, string name, string? type, string description, bool isRequired)
    {
        if (!taken.Add(name))
        {
            return null;
        }

        parameters.Add(new Parameter { Name = name, Place = ParameterPlace.Body, Required = isRequired, Schema = Typed(type, name == "_jq" ? LongestFilter : null), Description = description });
        return name;
    }

    private static JsonElement Typed(string? type, int? longest = null) => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        if (type is not null)
        {
            writer.WriteString("type", type);
        }

        if (longest is { } length)
        {
            writer.WriteNumber("maxLength", length);
        }

        writer.WriteEndObject();
    });

    private static bool TakesBody(DadlTool tool, CallRules rules, Access access) =>
        access > Access.Read && tool.Method is "POST" or "PUT" or "PATCH" && rules.UploadArgument is null && rules.Composite is null
        && MediaType.IsJson(rules.BodyType);
}
