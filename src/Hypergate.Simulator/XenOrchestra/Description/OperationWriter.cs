using System.Net;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Writes an entry as an operation of OpenAPI.</summary>
internal sealed class OperationWriter(SchemaLibrary schemas)
{
    private readonly ResponseWriter _responses = new(schemas);

    public JsonObject Write(OperationEntry entry)
    {
        var operation = new JsonObject
        {
            ["operationId"] = entry.Id,
            ["responses"] = _responses.Write(entry),
            ["description"] = Description(entry),
            ["tags"] = new JsonArray([.. entry.Tags.Select(tag => (JsonNode)tag)]),
        };
        if (entry.Deprecated)
        {
            operation["deprecated"] = true;
        }

        if (entry.Security != "-")
        {
            operation["security"] = new JsonArray(Security(entry.Security));
        }

        var queryParameters = entry.Query.Select(name => Parameter(entry, name, "query"));
        operation["parameters"] = new JsonArray([.. PathParameters(entry), .. queryParameters]);
        if (entry.Body is var (type, required))
        {
            operation["requestBody"] = Body(entry, type, required);
        }

        if (entry.Exposure is not null)
        {
            operation["x-mcp-exposure"] = entry.Exposure;
        }

        return operation;
    }

    private static string Description(OperationEntry entry)
    {
        if (entry.Needs is not { Length: > 0 } needs)
        {
            return entry.Text;
        }

        var lines = needs.Select(need =>
        {
            var colon = need.IndexOf(':', StringComparison.Ordinal);
            return $"- resource: {need[..colon]}, action: {need[(colon + 1)..]}";
        });
        var head = needs.Length == 1 ? "Required privilege:" : "Required privileges:";
        return $"{entry.Text}\n\n{head}\n{WebUtility.HtmlEncode(string.Join('\n', lines))}";
    }

    private static JsonObject Security(string word) => word switch
    {
        "none" => new() { ["none"] = new JsonArray() },
        "acl" => new() { ["*"] = new JsonArray("acl") },
        _ => new() { ["*"] = new JsonArray() },
    };

    private IEnumerable<JsonNode> PathParameters(OperationEntry entry) =>
        from part in entry.Path.Split('{').Skip(1)
        select Parameter(entry, part[..part.IndexOf('}', StringComparison.Ordinal)], "path");

    private JsonObject Parameter(OperationEntry entry, string name, string place)
    {
        var parameter = new JsonObject
        {
            ["in"] = place,
            ["name"] = name,
            ["required"] = place == "path",
            ["schema"] = schemas.Read(ParameterTypes.Of(entry, name)),
        };
        if (ParameterTypes.Example(entry, name) is { } example)
        {
            parameter["example"] = example;
        }

        return parameter;
    }

    private JsonObject Body(OperationEntry entry, string type, bool required)
    {
        var upload = type == "bytes";
        var content = new JsonObject
        {
            ["schema"] = upload ? new JsonObject { ["type"] = "string", ["format"] = "binary" } : schemas.Read(type),
        };
        if (entry.BodyExample is { } example)
        {
            content["example"] = JsonNode.Parse(example);
        }

        return new()
        {
            ["required"] = required,
            ["content"] = new JsonObject { [upload ? "application/octet-stream" : "application/json"] = content },
        };
    }
}
