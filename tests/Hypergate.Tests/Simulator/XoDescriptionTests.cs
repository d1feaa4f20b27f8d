using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Description;

namespace Hypergate.Tests.Simulator;

public class XoDescriptionTests
{
    private static readonly string[][] Table =
    [
        .. File.ReadAllLines(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "operations.tsv"))
            .Skip(1).Select(line => line.Split('\t')),
    ];

    private static readonly string[] Filtered = [".txt", ".tgz", ".{format}", "/stats"];

    [Fact]
    public void All_operations_are_there_in_their_order() => Assert.Equal(
        Table.Select(row => $"{row[0]} {row[1]}"),
        Operations().Select(operation => $"{operation.Method} {operation.Path}"),
        StringComparer.Ordinal);

    [Fact]
    public void Every_column_of_the_table_of_operations_is_as_in_the_real_description()
    {
        var rows = Table.ToDictionary(row => $"{row[0]} {row[1]}", StringComparer.Ordinal);

        foreach (var (method, path, operation) in Operations())
        {
            Assert.Equal(string.Join('\t', rows[$"{method} {path}"][..^1]), Row(method, path, operation), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Every_reference_resolves()
    {
        var schemas = XoDescription.Document["components"]!["schemas"]!.AsObject();

        var references = Nodes(XoDescription.Document).Select(node => node["$ref"]?.GetValue<string>()).OfType<string>().ToList();

        Assert.InRange(references.Count, 500, 2000);
        Assert.All(references, reference => Assert.True(schemas.ContainsKey(reference.Split('/')[^1]), reference));
    }

    [Fact]
    public void Every_operation_says_what_it_does()
    {
        Assert.All(Operations(), operation => Assert.InRange(operation.Declared["description"]!.GetValue<string>().Split('\n')[0].Length, 10, 200));
    }

    [Fact]
    public void The_fields_of_a_vm_lists_example_are_the_default_ones()
    {
        var examples = XoDescription.Document["paths"]!["/vms"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["examples"]!;

        var fields = examples["Example 2"]!["value"]![0]!.AsObject().Select(field => field.Key);

        Assert.Equal("name_label power_state uuid href", string.Join(' ', fields));
    }

    [Fact]
    public void Placeholders_are_declared_and_required()
    {
        foreach (var (_, path, operation) in Operations())
        {
            var declared = Parameters(operation, "path").Where(parameter => parameter["required"]!.GetValue<bool>())
                .Select(parameter => $"{{{parameter["name"]}}}");
            Assert.All(declared, placeholder => Assert.Contains(placeholder, path, StringComparison.Ordinal));
            Assert.Equal(path.Count(character => character == '{'), declared.Count());
        }
    }

    [Fact]
    public void Bodies_keep_their_closed_objects_unions_and_intersections()
    {
        Assert.False(Schema("UpdateVmBody")["additionalProperties"]!.GetValue<bool>());
        Assert.Equal(2, Body("POST", "/vms/{id}/actions/migrate")["anyOf"]!.AsArray().Count);
        Assert.Equal(3, Schema("CreateVdiBody")["allOf"]!.AsArray().Count);
        Assert.Equal(37, Schema("NewPrivilege")["anyOf"]!.AsArray().Count);
        Assert.Null(Schema("PrivilegeChange")["anyOf"]![0]!["required"]);
        Assert.True(Schema("UpdateVmBody")["properties"]!["notes"]!["nullable"]!.GetValue<bool>());
    }

    private static JsonObject Schema(string name) => XoDescription.Document["components"]!["schemas"]![name]!.AsObject();

    private static JsonNode Body(string method, string path) =>
        XoDescription.Document["paths"]![path]![method.ToLowerInvariant()]!["requestBody"]!["content"]!["application/json"]!["schema"]!;

    private static IEnumerable<(string Method, string Path, JsonObject Declared)> Operations() =>
        from path in XoDescription.Document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject());

    private static string Row(string method, string path, JsonObject operation) => string.Join(
        '\t',
        method,
        path,
        operation["operationId"],
        string.Join('+', operation["tags"]!.AsArray().Select(tag => tag!.GetValue<string>())),
        operation["x-mcp-exposure"]?.GetValue<string>() ?? "-",
        Array.Exists(Filtered, suffix => path.EndsWith(suffix, StringComparison.Ordinal)) ? "excluded" : "",
        operation["deprecated"] is null ? "" : "deprecated",
        string.Join(',', Parameters(operation, "path").Select(parameter => parameter["name"])),
        string.Join(',', Parameters(operation, "query").Select(parameter => parameter["name"])),
        RequestBody(operation["requestBody"]),
        string.Join(' ', operation["responses"]!.AsObject().Select(response => Response(response.Key, response.Value!))),
        Security(operation["security"]));

    private static IEnumerable<JsonNode> Parameters(JsonObject operation, string place) =>
        operation["parameters"]!.AsArray().Where(parameter => parameter!["in"]!.GetValue<string>() == place)!;

    private static string RequestBody(JsonNode? body) => body is null
        ? ""
        : body["content"]!.AsObject().First().Key + (body["required"]!.GetValue<bool>() ? "!" : "");

    private static string Response(string status, JsonNode response) =>
        response["content"] is JsonObject content ? $"{status}:{content.First().Key}" : status;

    private static string Security(JsonNode? security) => security?[0]?.AsObject().First() switch
    {
        null => "-",
        { Value: JsonArray { Count: > 0 } scopes, Key: var scheme } => $"{scheme}({scopes[0]})",
        var scheme => scheme.Value.Key,
    };

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(field => Nodes(field.Value)).Prepend(item),
        JsonArray list => list.SelectMany(Nodes),
        _ => [],
    };
}
