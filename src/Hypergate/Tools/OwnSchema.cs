using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools;

/// <summary>The schemas of the arguments that are the gateway's own, for one operation or for several under one tool.</summary>
internal static class OwnSchema
{
    private static readonly (string Name, string Type)[] Paging =
        [(OwnArguments.Sort, "string"), (OwnArguments.Offset, "integer"), (OwnArguments.Cursor, "string")];

    /// <param name="writer">Is within the properties of a schema.</param>
    /// <param name="operations">What the tool can run.</param>
    /// <param name="acts">Whether they change something.</param>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<Operation> operations, bool acts)
    {
        if (acts)
        {
            ToolSchema.Property(writer, OwnArguments.ConfirmToken, "string", "From the preview of this very call");
            if (operations.Any(static operation => operation.StartsJob))
            {
                ToolSchema.Property(writer, OwnArguments.Wait, "boolean", "false: do not wait for the task");
            }

            return;
        }

        var taken = operations.SelectMany(OwnArguments.For).ToHashSet(StringComparer.Ordinal);
        if (operations.Any(static operation => operation.Parameters.Any(parameter => parameter.Name == "filter" && OwnArguments.ShapesLists(operation, parameter))))
        {
            ToolSchema.Property(writer, "filter", "string", "power_state:Running");
        }

        WriteListArguments(writer, taken);
        if (taken.Contains(OwnArguments.Format))
        {
            ToolSchema.Choice(writer, OwnArguments.Format, AnswerFormat.Names);
        }
    }

    private static void WriteListArguments(Utf8JsonWriter writer, HashSet<string> taken)
    {
        if (taken.Contains(OwnArguments.Fields))
        {
            ToolSchema.Property(writer, OwnArguments.Fields, "string", "a,b.c or *");
        }

        if (taken.Contains(OwnArguments.Limit))
        {
            writer.WriteStartObject(OwnArguments.Limit);
            writer.WriteString("type", "integer");
            writer.WriteNumber("minimum", 1);
            writer.WriteEndObject();
        }

        foreach (var (name, type) in Paging)
        {
            if (taken.Contains(name))
            {
                ToolSchema.Property(writer, name, type);
            }
        }
    }
}
