using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Schemas;
using Hypergate.Tools.Domains;

namespace Hypergate.Tools.Utility;

/// <summary><c>describe_operation</c>: everything about one operation, with the whole schema of its arguments and body.</summary>
internal sealed class DescribeOperationTool(ToolSurroundings surroundings)
{
    public ToolDefinition Tool => new()
    {
        Name = "describe_operation",
        Title = "Describe an operation",
        Description = "Whole schema, class and rights of one operation. Use it before an action whose body is not obvious.",
        InputSchema = ToolSchema.Closed(
            static writer =>
            {
                ToolSchema.Property(writer, OwnArguments.Operation, "string");
                ToolSchema.Property(writer, OwnArguments.Backend, "string");
            },
            OwnArguments.Operation),
        OutputSchema = ToolSchema.Write(static writer => writer.WriteString("type", "object")),
        Hints = ToolHints.Reading,
        Run = RunAsync,
    };

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        if (Text(request.Arguments, OwnArguments.Backend) is { } backend && surroundings.Backends.Any(candidate => candidate.Name == backend))
        {
            await surroundings.Catalog.SettledAsync(backend, cancellationToken);
        }

        return Describe(request.Arguments);
    }

    private ToolResult Describe(JsonElement arguments)
    {
        var name = arguments.GetProperty(OwnArguments.Operation).GetString()!;
        var backend = Text(arguments, OwnArguments.Backend);
        var shown = surroundings.Backends
            .Where(candidate => backend is null || candidate.Name == backend)
            .SelectMany(candidate => surroundings.Shown(surroundings.Catalog.Current, candidate.Name).Select(operation => (Backend: candidate, Operation: operation)))
            .ToList();
        var found = shown.FirstOrDefault(entry => entry.Operation.Name == name);
        if (found.Operation is null)
        {
            var nearest = NearestName.Find(name, shown.Select(static entry => entry.Operation.Name).Distinct(StringComparer.Ordinal));
            return ToolResult.Error(AuthorizationStep.NoSuchOperation(name, backend ?? "any") + (nearest is null ? "" : $" Did you mean '{nearest}'?"));
        }

        var description = ToolSchema.Write(writer => Write(writer, found.Operation, DomainSurface.NameOf(found.Backend.Kind, found.Operation.Domain, found.Operation.Changes, DomainSurface.KindsMix(surroundings.Backends))));
        return new ToolResult(Indented(description)) { Structured = description };
    }

    private static string? Text(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Write(Utf8JsonWriter writer, Operation operation, string tool)
    {
        writer.WriteString("operation", operation.Name);
        writer.WriteString("title", operation.Title);
        if (operation.Description.Length > 0)
        {
            writer.WriteString("description", operation.Description);
        }

        writer.WriteString("tool", tool);
        writer.WriteString("request", $"{operation.Method} {operation.Path}");
        writer.WriteString("class", operation.Access.ToString().ToLowerInvariant());
        if (operation.Requires.Count > 0)
        {
            writer.WriteString("rights", string.Join(", ", operation.Requires.Select(static right => $"{right.Action} on {right.Resource}")));
        }

        if (operation.KnownFields.Count > 0)
        {
            writer.WriteString("fields", string.Join(", ", operation.KnownFields));
            writer.WriteString("default_fields", string.Join(", ", operation.DefaultFields));
        }

        WriteArguments(writer, operation);
    }

    private static void WriteArguments(Utf8JsonWriter writer, Operation operation)
    {
        writer.WriteStartObject("arguments");
        foreach (var parameter in operation.Parameters)
        {
            writer.WriteStartObject(parameter.Name);
            writer.WriteBoolean("required", parameter.Required);
            if (parameter.Description.Length > 0)
            {
                writer.WriteString("description", parameter.Description);
            }

            writer.WritePropertyName("schema");
            parameter.Schema.WriteTo(writer);
            writer.WriteEndObject();
        }

        if (operation.Body is { } body)
        {
            writer.WriteStartObject(OwnArguments.Body);
            writer.WriteBoolean("required", body.Required);
            writer.WritePropertyName("schema");
            body.Schema.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string Indented(JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
