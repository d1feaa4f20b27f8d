using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads the parameters of a tool or a composite.</summary>
internal static class DadlParameterReader
{
    private static readonly string[] Types = ["string", "integer", "number", "boolean", "array", "object", "file_url"];
    private static readonly string[] Places = ["path", "query", "header", "body"];

    private static readonly string[] Reserved =
        ["Authorization", "Content-Type", "Content-Length", "Host", "Cookie", "Transfer-Encoding", "Connection"];

    public static IReadOnlyList<DadlParameter> ReadAll(DadlSection tool, DadlAuth? auth)
    {
        if (tool.Map("params") is not { } parameters)
        {
            return [];
        }

        var read = new List<DadlParameter>();
        foreach (var entry in parameters.Node.Entries)
        {
            if (parameters.Map(entry.Key) is { } parameter && Read(parameter, entry.Key, isOfTool: auth is not null) is { } one && !IsReserved(parameter, one, auth))
            {
                CheckHeader(parameter, one, read);
                read.Add(one);
            }
        }

        return read;
    }

    // Platforms do not tell capitals in names of headers: of two only one would be heard.
    private static void CheckHeader(DadlSection section, DadlParameter parameter, List<DadlParameter> before)
    {
        if (parameter.Place == ParameterPlace.Header && before.Find(known => known.Place == ParameterPlace.Header && known.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            section.Fault(DadlRules.WrongType, "", $"is the header {same.Name} once more: names of headers differ in more than capitals");
        }
    }

    private static DadlParameter? Read(DadlSection parameter, string name, bool isOfTool)
    {
        parameter.Know(isOfTool ? ["type", "in", "required", "default", "description"] : ["type", "required", "default", "description"]);
        if (name.Length == 0)
        {
            parameter.Fault(DadlRules.WrongType, "", "a parameter has no name");
            return null;
        }

        if (parameter.Text("type") is null)
        {
            parameter.Fault(DadlRules.WrongType, "", $"type is missing: {string.Join(", ", Types)}");
        }

        var type = parameter.Choice("type", DadlRules.WrongType, Types);
        return new DadlParameter
        {
            Name = name,
            Type = type,
            Place = isOfTool ? Place(parameter) : ParameterPlace.Body,
            Required = parameter.Flag("required") ?? false,
            Default = Default(parameter, type),
            Description = parameter.Text("description") ?? "",
        };
    }

    private static ParameterPlace Place(DadlSection parameter)
    {
        if (parameter.Text("in") is null)
        {
            parameter.Fault(DadlRules.WrongType, "", "in is missing: path, query, header or body");
        }

        return parameter.Choice("in", DadlRules.WrongType, Places) switch
        {
            "query" => ParameterPlace.Query,
            "header" => ParameterPlace.Header,
            "body" => ParameterPlace.Body,
            _ => ParameterPlace.Path,
        };
    }

    // A default that is there and empty is a value, whatever YAML makes of it.
    private static JsonElement Default(DadlSection parameter, string type)
    {
        if (parameter.Node.Find("default") is not { IsNull: false } node)
        {
            return default;
        }

        var value = DadlJson.Typed(node, type);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            parameter.Fault(DadlRules.Default, "default", $"does not fit the type {type}");
            return DadlJson.Converted(node, type);
        }

        return value;
    }

    private static bool IsReserved(DadlSection section, DadlParameter parameter, DadlAuth? auth)
    {
        if (auth is not null && parameter.Place == ParameterPlace.Query && parameter.Name == auth.Query)
        {
            section.Fault(DadlRules.ReservedHeader, "", $"the credential goes as {parameter.Name}, which is not a caller's to set: the parameter is ignored");
            return true;
        }

        if (auth is null || parameter.Place != ParameterPlace.Header)
        {
            return false;
        }

        DadlHeaders.Check(section, "", parameter.Name);
        var isReserved = Reserved.Append(auth.Header ?? "").Concat(auth.Session?.Inject.Select(static header => header.Key) ?? []).Contains(parameter.Name, StringComparer.OrdinalIgnoreCase);
        if (isReserved)
        {
            section.Fault(DadlRules.ReservedHeader, "", $"the header {parameter.Name} is not a caller's to set: the parameter is ignored");
        }

        return isReserved;
    }
}
