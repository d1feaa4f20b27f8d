using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Domains;

/// <summary>The schemas of a domain tool: the union of what its operations take. Each call is checked against its own operation.</summary>
internal static class DomainSchema
{
    public static JsonElement Input(DomainTool tool) => ToolSchema.Open(
        writer =>
        {
            if (tool.Backends.Count > 1)
            {
                ToolSchema.Choice(writer, OwnArguments.Backend, tool.Backends);
            }

            ToolSchema.Choice(writer, OwnArguments.Operation, tool.Operations.Select(static operation => operation.Name));
            foreach (var parameter in Parameters(tool))
            {
                Write(writer, parameter);
            }

            WriteOwn(writer, tool);
        },
        tool.Backends.Count > 1 ? [OwnArguments.Backend, OwnArguments.Operation] : [OwnArguments.Operation]);

    public static JsonElement Output(DomainTool tool) => ToolSchema.Write(writer =>
    {
        writer.WriteString("type", "object");
        if (!tool.Acts && tool.Operations.Any(static operation => operation.Result == ResultShape.List))
        {
            writer.WriteStartObject("properties");
            ToolSchema.Property(writer, "rows", "array");
            ToolSchema.Property(writer, "total", "integer");
            ToolSchema.Property(writer, "next_cursor", "string");
            writer.WriteEndObject();
        }
    });

    /// <summary>Whether the gateway answers for a parameter itself, the same way for every list.</summary>
    public static bool ShapesLists(Operation operation, Parameter parameter) =>
        operation.Result == ResultShape.List
        && parameter is { Place: ParameterPlace.Query, Name: OwnArguments.Fields or OwnArguments.Limit or "filter" };

    private static IEnumerable<Parameter> Parameters(DomainTool tool) => tool.Operations
        .SelectMany(static operation => operation.Parameters.Where(parameter => !ShapesLists(operation, parameter)))
        .DistinctBy(static parameter => parameter.Name, StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter writer, Parameter parameter)
    {
        writer.WriteStartObject(parameter.Name);
        foreach (var word in parameter.Schema.EnumerateObject())
        {
            if (word.Name is "type" or "enum" or "items" or "minimum" or "maximum")
            {
                word.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteOwn(Utf8JsonWriter writer, DomainTool tool)
    {
        if (tool.Operations.Any(static operation => operation.Body is not null))
        {
            ToolSchema.Property(writer, OwnArguments.Body, "object");
        }

        if (tool.Acts)
        {
            ToolSchema.Property(writer, OwnArguments.ConfirmToken, "string", "From the preview of this very call");
            if (tool.Operations.Any(static operation => operation.StartsJob))
            {
                ToolSchema.Property(writer, OwnArguments.Wait, "boolean", "false: do not wait for the task");
            }

            return;
        }

        if (tool.Operations.Any(static operation => operation.Result == ResultShape.List))
        {
            WriteListArguments(writer, tool.Operations.Any(static operation => operation.Parameters.Any(static parameter => parameter.Name == "filter")));
        }

        ToolSchema.Choice(writer, OwnArguments.Format, AnswerFormat.Names);
    }

    private static void WriteListArguments(Utf8JsonWriter writer, bool filters)
    {
        if (filters)
        {
            ToolSchema.Property(writer, "filter", "string", "power_state:Running name_label:/^db/i");
        }

        ToolSchema.Property(writer, OwnArguments.Fields, "string", "a,b.c or *");
        writer.WriteStartObject(OwnArguments.Limit);
        writer.WriteString("type", "integer");
        writer.WriteNumber("minimum", 1);
        writer.WriteEndObject();
        ToolSchema.Property(writer, OwnArguments.Sort, "string");
        ToolSchema.Property(writer, OwnArguments.Offset, "integer");
        ToolSchema.Property(writer, OwnArguments.Cursor, "string");
    }
}
