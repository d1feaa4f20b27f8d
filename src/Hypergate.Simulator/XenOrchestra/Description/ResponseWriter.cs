using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>Writes what an operation may answer.</summary>
internal sealed class ResponseWriter(SchemaLibrary schemas)
{
    public JsonObject Write(OperationEntry entry)
    {
        var responses = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (entry.ListOf is { } name)
        {
            var content = new JsonObject
            {
                ["schema"] = schemas.List(name),
                ["examples"] = ListExamples.Create(entry, schemas.Find(name), schemas.Find),
            };
            responses["200"] = Response("200", Content("application/json", content));
        }

        foreach (var given in entry.Gives)
        {
            responses[given[..3]] = Success(given[..3], given.Length > 3 ? given[4..] : "");
        }

        foreach (var failure in entry.Fails)
        {
            responses[failure] = Response(failure, null);
        }

        return new(responses);
    }

    private JsonObject Success(string status, string type)
    {
        var content = type switch
        {
            "" => null,
            "file" => Content("application/octet-stream", new() { ["schema"] = schemas.Read("bytes") }),
            _ when type.StartsWith("task", StringComparison.Ordinal) => Content("application/json", Task(type[4..])),
            _ => Content("application/json", new() { ["schema"] = schemas.Read(type) }),
        };
        return Response(status, content);
    }

    /// <summary>Either the task that has begun or, when it was waited for, its result.</summary>
    private JsonObject Task(string result) => new()
    {
        ["schema"] = schemas.Read(result.Length == 0 ? "Started | any" : $"Started |{result}"),
        ["examples"] = new JsonObject
        {
            ["Example 1"] = new JsonObject { ["value"] = new JsonObject { ["taskId"] = "0mwpt9mqa-0j2bogwydek" } },
        },
    };

    private static JsonObject Content(string type, JsonObject content) => new() { [type] = content };

    private static JsonObject Response(string status, JsonObject? content)
    {
        var response = new JsonObject { ["description"] = Meaning(status) };
        if (content is not null)
        {
            response["content"] = content;
        }

        return response;
    }

    private static string Meaning(string status) => status switch
    {
        "200" => "Done",
        "201" => "Made",
        "202" => "Begun: a task goes on with it",
        "204" => "Done, nothing to say",
        "400" => "The request makes no sense",
        "401" => "The credential is missing or wrong",
        "403" => "A privilege is missing",
        "404" => "There is no such object",
        "409" => "The state of the object forbids it",
        "422" => "A parameter or the body is not as described",
        "500" => "The hypervisor refused, or the server failed",
        "501" => "Not possible with this kind of storage",
        "502" => "The repository failed",
        _ => "Switched off",
    };
}
