using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Results.Text;
using Hypergate.Tools;

namespace Hypergate.Host.Mcp.Resources;

/// <summary>What is known of the backends without asking them, as documents with addresses, for one audience.</summary>
/// <param name="surroundings">Those of the audience.</param>
internal sealed class BackendShelf(ToolSurroundings surroundings)
{
    private const int LongestProblem = 1_000;

    public IReadOnlyList<string> Backends => [.. surroundings.Backends.Select(static backend => backend.Name)];

    /// <summary>The names of a backend's operations; none where it does not exist.</summary>
    public IEnumerable<string> Operations(string backend) =>
        Find(backend) is null ? [] : surroundings.Shown(surroundings.Catalog.Current, backend).Select(static operation => operation.Name);

    /// <summary>All backends.</summary>
    public JsonElement List() => ToolSchema.Write(writer =>
    {
        writer.WriteStartArray("backends");
        foreach (var backend in surroundings.Backends)
        {
            writer.WriteStartObject();
            Write(writer, backend);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>One backend; null where it does not exist.</summary>
    public JsonElement? Show(string name) => Find(name) is { } backend ? ToolSchema.Write(writer =>
    {
        Write(writer, backend);

        // Of the description's author, who is somebody else: data, never instructions.
        if (surroundings.Catalog.Current.Find(name)?.Guide is { Length: > 0 } guide)
        {
            writer.WriteString("notes", surroundings.Scrub(guide));
        }
    }) : null;

    /// <summary>A backend's operations, in the order of its description; null where it does not exist.</summary>
    public JsonElement? ListOperations(string name) => Find(name) is null ? null : ToolSchema.Write(writer =>
    {
        writer.WriteStartArray("operations");
        foreach (var operation in surroundings.Shown(surroundings.Catalog.Current, name))
        {
            writer.WriteStartObject();
            writer.WriteString("name", operation.Name);
            writer.WriteString("title", operation.Title);
            writer.WriteString("class", operation.Access.ToString().ToLowerInvariant());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private Backend? Find(string name) => surroundings.Backends.FirstOrDefault(backend => backend.Name == name);

    private void Write(Utf8JsonWriter writer, Backend backend)
    {
        var catalog = surroundings.Catalog.Current;
        writer.WriteString("name", backend.Name);
        writer.WriteString("platform", backend.Kind.Title);
        writer.WriteString("health", backend.State.Health.ToString().ToLowerInvariant());
        if (backend.State.Problem is { } problem)
        {
            writer.WriteString("problem", CleanText.Line(surroundings.Scrub(problem), LongestProblem));
        }

        if (catalog.Find(backend.Name)?.Version is { } version)
        {
            writer.WriteString("version", CleanText.Line(version));
        }

        writer.WriteBoolean("read_only", surroundings.Policies[backend.Name].Highest is null or Access.Read);
        writer.WriteNumber("operations", surroundings.Shown(catalog, backend.Name).Count());
    }
}
