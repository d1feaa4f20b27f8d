using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads the tools of a file.</summary>
internal static class DadlToolReader
{
    private const int LongestName = 64;
    private const long LargestBody = 100L * 1024 * 1024;

    private static readonly string[] Keys =
    [
        "method", "path", "access", "description", "params", "content_type", "nest_body_keys", "max_body_size", "depends_on", "response", "errors", "pagination", "returns", "idempotency",
        "retry_unsafe", "deprecated", "replaced_by",
    ];

    private static readonly string[] NewKeys = ["returns", "idempotency", "retry_unsafe", "deprecated", "replaced_by"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

    public static IReadOnlyList<DadlTool> ReadAll(DadlSection backend, DadlDefaults defaults, DadlToolContext context)
    {
        if (backend.Map("tools") is not { } tools || tools.Node.Entries.Count == 0)
        {
            backend.Fault(DadlRules.RequiredKey, "", "tools is missing: at least one");
            return [];
        }

        var read = new List<DadlTool>(tools.Node.Entries.Count);
        foreach (var entry in tools.Node.Entries)
        {
            if (tools.Map(entry.Key) is { } tool)
            {
                read.Add(Read(tool, entry.Key, defaults, context));
            }
        }

        CheckReferences(tools, read, backend.Map("composites")?.Node.Entries.Select(static entry => entry.Key) ?? []);
        return read;
    }

    private static DadlTool Read(DadlSection tool, string name, DadlDefaults defaults, DadlToolContext context)
    {
        tool.Know(Keys);
        tool.AreNew(context.Version, NewKeys);
        CheckName(tool, name, context.Backend);
        var method = Method(tool);
        var path = tool.Text("path") ?? "";
        if (tool.Lacks("path"))
        {
            tool.Fault(DadlRules.ToolParts, "", "path is missing");
        }
        else if (DadlPath.Problem(path) is { } problem)
        {
            tool.Fault(DadlRules.ToolParts, "path", $"{DadlFaults.Quoted(path)} cannot be sent: {problem}");
        }

        if (tool.Lacks("description"))
        {
            tool.Fault(DadlRules.ToolParts, "", "description is missing");
        }

        if (tool.Text("access") is null)
        {
            tool.Fault(DadlRules.NoAccess, "", "access is missing: read, write, admin or dangerous");
        }

        var parameters = DadlParameterReader.ReadAll(tool, context.Auth);
        DadlPlaceholders.Check(tool, path, parameters);
        return new DadlTool
        {
            Name = name,
            Method = method,
            Path = path,
            Access = tool.Text("access"),
            Description = tool.Text("description") ?? "",
            Parameters = parameters,
            Rules = Rules(tool, method, parameters, defaults, context.Version),
            TakesFilter = tool.Map("response") is { } response ? response.Flag("allow_jq_override") ?? false : defaults.TakesFilter,
            DependsOn = tool.Texts("depends_on"),
            Returns = context.Types.Returns(tool),
            Deprecated = Deprecated(tool),
            ReplacedBy = tool.Text("replaced_by"),
        };
    }

    private static void CheckName(DadlSection tool, string name, string backend)
    {
        if (backend.Length + 1 + name.Length > LongestName)
        {
            tool.Fault(DadlRules.LongName, "", $"{backend}_{name} has {backend.Length + 1 + name.Length} characters; many clients take {LongestName}");
        }

        CheckLetters(tool, name, DadlRules.ToolParts);
    }

    /// <summary>Notes a name that nobody could call.</summary>
    public static void CheckLetters(DadlSection named, string name, string rule)
    {
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            named.Fault(rule, "", $"{DadlFaults.Quoted(name)} is not a name of letters, digits, _ and -");
        }
    }

    private static string Method(DadlSection tool)
    {
        if (tool.Text("method") is not { } method)
        {
            if (tool.Lacks("method"))
            {
                tool.Fault(DadlRules.ToolParts, "", $"method is missing: {string.Join(", ", Methods)}");
            }

            return "GET";
        }

        if (Methods.Contains(method))
        {
            return method;
        }

        tool.Fault(DadlRules.ToolParts, "method", DadlFaults.WithNearest($"{DadlFaults.Quoted(method)} is not one of {string.Join(", ", Methods)}", method, Methods));
        return "GET";
    }

    private static CallRules Rules(DadlSection tool, string method, IReadOnlyList<DadlParameter> parameters, DadlDefaults defaults, int version)
    {
        var bodyType = tool.Text("content_type") ?? defaults.BodyType;
        var takesUpload = TakesUpload(tool, method, parameters);
        CheckBody(tool, bodyType, parameters);
        return new CallRules
        {
            Headers = [.. defaults.Headers.Where(static header => !header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))],
            BodyType = bodyType,
            NestsBodyKeys = tool.Flag("nest_body_keys") ?? defaults.NestsBodyKeys,
            LargestBody = LargestBodyOf(tool),
            UploadArgument = takesUpload ? "_file" : null,
            Files = [.. parameters.Where(static parameter => parameter.Type == "file_url").Select(static parameter => parameter.Name)],
            IdempotencyHeader = Idempotency(tool, parameters, defaults),
            MayRepeatWrite = tool.Flag("retry_unsafe") ?? false,
            Paging = tool.Has("pagination") ? DadlRulesReader.Paging(tool) : defaults.Paging,
            Errors = tool.Map("errors") is { } errors ? DadlRulesReader.Errors(errors, version) : defaults.Errors,
            Response = Response(tool, defaults, version),
        };
    }

    // A tool's own map replaces the default one whole, but for what nobody may see.
    private static ResponseRules Response(DadlSection tool, DadlDefaults defaults, int version) => tool.Map("response") is { } response
        ? DadlRulesReader.Response(response, version) is var own ? own with { Redact = [.. defaults.Response.Redact.Union(own.Redact, StringComparer.Ordinal)] } : own
        : defaults.Response;

    private static bool TakesUpload(DadlSection tool, string method, IReadOnlyList<DadlParameter> parameters)
    {
        if (MediaType.Of(tool.Text("content_type") ?? "") != "application/octet-stream" || method is "GET" or "HEAD" || parameters.Any(static parameter => parameter.Place == ParameterPlace.Body))
        {
            return false;
        }

        tool.Fault(DadlRules.ImplicitUpload, "content_type", "application/octet-stream without a body parameter: the body is a file, which the tool does not say");
        return true;
    }

    private static void CheckBody(DadlSection tool, string type, IReadOnlyList<DadlParameter> parameters)
    {
        if (!MediaType.HoldsFields(type) && parameters.Count(static parameter => parameter.Place == ParameterPlace.Body) > 1)
        {
            tool.Fault(DadlRules.WrongType, tool.Has("content_type") ? "content_type" : "", $"a body of type {DadlFaults.Quoted(type)} has one parameter, this tool has several");
        }
    }

    private static long LargestBodyOf(DadlSection tool)
    {
        if (tool.Text("max_body_size") is not { } text)
        {
            return LargestBody;
        }

        if (DadlDuration.ParseSize(text) is { } size)
        {
            return Math.Min(size, LargestBody);
        }

        tool.Fault(DadlRules.WrongType, "max_body_size", $"{DadlFaults.Quoted(text)} is not a size such as 50MB");
        return LargestBody;
    }

    private static string? Idempotency(DadlSection tool, IReadOnlyList<DadlParameter> parameters, DadlDefaults defaults)
    {
        if (tool.Map("idempotency") is not { } idempotency)
        {
            return null;
        }

        idempotency.Know("header", "generate");
        idempotency.Choice("generate", DadlRules.ClosedValue, "uuid_v4");
        if (idempotency.Text("header") is not { } header)
        {
            idempotency.Fault(DadlRules.ToolParts, "", "header is missing");
            return null;
        }

        DadlHeaders.Check(idempotency, "header", header);
        if (parameters.Any(parameter => parameter.Place == ParameterPlace.Header && parameter.Name.Equals(header, StringComparison.OrdinalIgnoreCase))
            || defaults.Headers.Any(known => known.Key.Equals(header, StringComparison.OrdinalIgnoreCase)))
        {
            idempotency.Fault(DadlRules.ToolParts, "header", $"{DadlFaults.Quoted(header)} is set already, by a parameter or by the default headers");
        }

        return header;
    }

    private static string? Deprecated(DadlSection tool) => tool.Find("deprecated") switch
    {
        null => null,
        DadlNode.Scalar { IsPlain: true, Text: "false" } => null,
        DadlNode.Scalar { IsPlain: true, Text: "true" } => "deprecated",
        DadlNode.Scalar scalar => scalar.Text,
        _ => tool.Text("deprecated"),
    };

    private static void CheckReferences(DadlSection tools, List<DadlTool> read, IEnumerable<string> composites)
    {
        var names = read.Select(static tool => tool.Name).Concat(composites).ToHashSet(StringComparer.Ordinal);
        foreach (var tool in read)
        {
            foreach (var wrong in tool.DependsOn.Where(name => !names.Contains(name)))
            {
                tools.Map(tool.Name)!.FaultOf(wrong, DadlRules.Unresolved, "depends_on", DadlFaults.WithNearest($"{DadlFaults.Quoted(wrong)} is no tool of this file", wrong, names));
            }

            if (tool.ReplacedBy is { } next && !names.Contains(next))
            {
                tools.Map(tool.Name)!.Fault(DadlRules.Unresolved, "replaced_by", DadlFaults.WithNearest($"{DadlFaults.Quoted(next)} is no tool of this file", next, names));
            }
        }
    }
}

/// <summary>What reading a tool must know of the rest of the file.</summary>
internal sealed record DadlToolContext(int Version, DadlAuth Auth, DadlTypes Types, string Backend);
