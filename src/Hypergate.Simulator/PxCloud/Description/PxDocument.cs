using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>The OpenAPI 3.1 document, made of the table by which the simulator answers.</summary>
internal static class PxDocument
{
    public const string Version = "0.4.2";

    private static readonly (string Status, string Text)[] Problems =
    [
        ("401", "No session, or its time is over"), ("403", "A privilege is missing"), ("404", "There is no such object"),
        ("409", "The state of the object forbids it"), ("422", "An argument is wrong"), ("423", "Another task holds the object"),
    ];

    public static JsonObject Make()
    {
        var paths = new JsonObject();
        foreach (var entry in Entries.All)
        {
            var item = paths[entry.Path] as JsonObject;
            if (item is null)
            {
                paths[entry.Path] = item = [];
            }

            item[entry.Method.ToLowerInvariant()] = Operation(entry);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "PXCloud (simulated)", ["version"] = Version },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = PxSchemas.All.DeepClone(),
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } },
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. Entries.All.Select(static entry => entry.Tag).Distinct().Select(static tag => (JsonNode)new JsonObject { ["name"] = tag })]),
        };
    }

    private static JsonObject Operation(Entry entry)
    {
        var operation = new JsonObject { ["tags"] = new JsonArray(entry.Tag), ["summary"] = entry.Summary };
        Put(operation, "description", entry.Description.Length > 0 ? entry.Description : null);
        Put(operation, "operationId", entry.Id);
        if (Parameters(entry) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (entry.Body is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject { [entry.Flags.Contains("multipart") ? "multipart/form-data" : "application/json"] = new JsonObject { ["schema"] = body.DeepClone() } },
            };
        }

        operation["responses"] = Responses(entry);
        if (entry.Flags.Contains("deprecated"))
        {
            operation["deprecated"] = true;
        }

        if (entry.IsPublic)
        {
            operation["security"] = new JsonArray();
        }

        return operation;
    }

    private static JsonArray Parameters(Entry entry) =>
    [
        .. entry.Placeholders.Select(static name => Parameter(new TypeField(name, true, new JsonObject { ["type"] = "string" }), "path")),
        .. entry.Query.Select(static field => Parameter(field, "query")),
        .. entry.Headers.Select(static field => Parameter(field, "header")),
    ];

    private static JsonObject Parameter(TypeField field, string place) => new JsonObject
    {
        ["name"] = field.Name,
        ["in"] = place,
        ["required"] = field.IsRequired,
        ["schema"] = field.Schema.DeepClone(),
    };

    private static JsonObject Responses(Entry entry)
    {
        var success = new JsonObject { ["description"] = entry.StartsTask ? "Accepted" : "Done" };
        var type = entry.Flags.Contains("stream") ? "text/event-stream" : entry.Answer is null ? null : "application/json";
        if (type is not null)
        {
            success["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = entry.Answer?.DeepClone() ?? new JsonObject { ["type"] = "string" } } };
        }

        var responses = new JsonObject { [entry.StartsTask ? "202" : type is null ? "204" : "200"] = success };
        foreach (var (status, text) in Problems)
        {
            responses[status] = new JsonObject
            {
                ["description"] = text,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = TypeNotation.Read("Error") } },
            };
        }

        return responses;
    }

    private static void Put(JsonObject target, string name, string? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
