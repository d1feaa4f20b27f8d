using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>
/// The OpenAPI 3.0.0 document that the server publishes at <c>/docs/swagger.json</c>: written by us, with the operations,
/// names and types of the REST API 0.39.0. Its content lies in the text files of this folder.
/// </summary>
internal static class XoDescription
{
    private static readonly Lazy<JsonObject> Built = new(Build);

    public static JsonObject Document => Built.Value;

    private static JsonObject Build()
    {
        var schemas = new SchemaLibrary(Lines("schemas"), [.. Lines("privileges")]);
        var writer = new OperationWriter(schemas);
        var paths = new JsonObject();
        foreach (var entry in OperationEntry.ReadAll(Lines("operations")))
        {
            if (paths[entry.Path] is not JsonObject methods)
            {
                paths[entry.Path] = methods = [];
            }

            methods[entry.Method.ToLowerInvariant()] = writer.Write(entry);
        }

        return new()
        {
            ["openapi"] = "3.0.0",
            ["components"] = new JsonObject { ["schemas"] = schemas.All, ["securitySchemes"] = SecuritySchemes() },
            ["info"] = new JsonObject
            {
                ["title"] = "Xen Orchestra REST API (simulated)",
                ["version"] = "0.39.0",
                ["description"] = "An in-memory data centre that answers as Xen Orchestra does.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0" },
            },
            ["paths"] = paths,
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/rest/v0" }),
        };
    }

    private static JsonObject SecuritySchemes() => new()
    {
        ["token"] = new JsonObject { ["type"] = "apiKey", ["name"] = "authenticationToken", ["in"] = "cookie" },
        ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
    };

    private static IEnumerable<string> Lines(string file)
    {
        var type = typeof(XoDescription);
        using var reader = new StreamReader(type.Assembly.GetManifestResourceStream(type, $"{file}.txt")!);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
