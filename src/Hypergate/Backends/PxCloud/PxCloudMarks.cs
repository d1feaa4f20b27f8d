using System.Text.Json;

namespace Hypergate.Backends.PxCloud;

/// <summary>Reads what the description says of each operation beside what every reader of such documents makes of it.</summary>
/// <param name="root">The whole document.</param>
internal sealed class PxCloudMarks(JsonElement root)
{
    private const int MostReferences = 8;

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>One for each operation, in the order of the document.</summary>
    public IReadOnlyList<PxCloudMark> Read()
    {
        var marks = new List<PxCloudMark>();
        foreach (var path in Members(root, "paths"))
        {
            foreach (var member in path.Value.ValueKind == JsonValueKind.Object ? path.Value.EnumerateObject() : default)
            {
                if (Methods.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
                {
                    marks.Add(Read(path.Name, member));
                }
            }
        }

        return marks;
    }

    private PxCloudMark Read(string path, JsonProperty member)
    {
        var operation = member.Value;
        return new PxCloudMark
        {
            Method = member.Name.ToUpperInvariant(),
            Path = path,
            OperationId = PxCloudValue.Text(operation, "operationId") ?? "",
            Summary = PxCloudValue.Text(operation, "summary") ?? "",
            Description = PxCloudValue.Text(operation, "description") ?? "",
            Tags = operation.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
                ? [.. tags.EnumerateArray().Where(static tag => tag.ValueKind == JsonValueKind.String).Select(static tag => tag.GetString()!)]
                : [],
            TakesFiles = operation.TryGetProperty("requestBody", out var body) && Content(Follow(body)).Any(static type => type.Name.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)),
            IsStream = Members(operation, "responses").Any(response => response.Name == "101" || IsEvents(Follow(response.Value))),
            StartsTask = Members(operation, "responses").Any(response => response.Name == "202" || (response.Name is ['2', ..] && TellsTask(Follow(response.Value)))),
        };
    }

    private static bool IsEvents(JsonElement response) =>
        Content(response).Any() && Content(response).All(static type => type.Name.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase));

    private bool TellsTask(JsonElement response) => Content(response).Any(type =>
        type.Value.ValueKind == JsonValueKind.Object && type.Value.TryGetProperty("schema", out var schema) && NamesTask(Follow(schema), isOuter: true));

    private bool NamesTask(JsonElement schema, bool isOuter) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && (properties.TryGetProperty("task_id", out _) || (isOuter && properties.TryGetProperty("data", out var data) && NamesTask(Follow(data), isOuter: false)));

    private static JsonElement.ObjectEnumerator Content(JsonElement holder) => Members(holder, "content");

    private static JsonElement.ObjectEnumerator Members(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : default;

    private JsonElement Follow(JsonElement value)
    {
        for (var step = 0; step < MostReferences && PxCloudValue.Text(value, "$ref") is ['#', '/', .. var way]; step++)
        {
            value = way.Split('/').Aggregate(root, static (holder, name) =>
                holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var inner) ? inner : default);
        }

        return value;
    }
}
