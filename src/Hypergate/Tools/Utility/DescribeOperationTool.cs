using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Tools.Utility;

/// <summary><c>describe_operation</c>: everything about one operation, with the whole schema of its arguments and body.</summary>
/// <param name="surroundings">What it works with.</param>
/// <param name="toolOf">The tool that runs an operation of a backend.</param>
internal sealed class DescribeOperationTool(ToolSurroundings surroundings, Func<Backend, Operation, string> toolOf)
{
    private const string Notes = "notes";

    public ToolDefinition Tool => new()
    {
        Name = "describe_operation",
        Title = "Describe an operation",
        Description = "The whole schema, class and rights of one operation. Use it when a body is not obvious.",
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

        // Whoever asks before everything is known gets what is known, or waits where that is not enough.
        if (Find(request.Arguments) is OperationFinding.Missing)
        {
            await surroundings.SettledAsync(Text(request.Arguments, OwnArguments.Backend), cancellationToken);
        }

        return Describe(request.Arguments);
    }

    private OperationFinding Find(JsonElement arguments) =>
        new OperationLookup(surroundings).Find(Text(arguments, OwnArguments.Operation)!, Text(arguments, OwnArguments.Backend), anyWillDo: true);

    private ToolResult Describe(JsonElement arguments) => Find(arguments) switch
    {
        OperationFinding.Found found => Describe(found),
        OperationFinding.Missing when Text(arguments, OwnArguments.Operation) == Notes && Guide(arguments) is { } guide => guide,
        OperationFinding.Missing missing => ToolResult.Error(missing.Problem),
        _ => throw new InvalidOperationException("Unknown finding."),
    };

    // What the author of a description wants known beside its operations; somebody else's text.
    private ToolResult? Guide(JsonElement arguments)
    {
        var wanted = Text(arguments, OwnArguments.Backend);
        var catalog = surroundings.Catalog.Current;
        var guides = surroundings.Backends.Where(backend => wanted is null || backend.Name == wanted)
            .Select(backend => (backend.Name, Text: catalog.Find(backend.Name)?.Guide ?? "")).Where(static guide => guide.Text.Length > 0).ToList();
        var text = surroundings.Scrub(string.Join("\n\n", guides.Select(static guide => guide.Text)));
        return guides.Count == 0 ? null : new ToolResult(text) { Structured = ToolSchema.Write(writer => writer.WriteString(Notes, text)) };
    }

    private ToolResult Describe(OperationFinding.Found found)
    {
        var backend = surroundings.Backends.First(candidate => candidate.Name == found.Backend);
        var description = ToolSchema.Write(writer => Write(writer, found.Operation, toolOf(backend, found.Operation)));
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

        foreach (var (index, hint) in (operation.Rules?.Hints ?? []).Index())
        {
            writer.WriteString(index == 0 ? "hint" : $"hint_{index + 1}", hint);
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
        if (operation.Rules is { Returns: { ValueKind: JsonValueKind.Object } returns })
        {
            writer.WritePropertyName("returns");
            returns.WriteTo(writer);
        }
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
