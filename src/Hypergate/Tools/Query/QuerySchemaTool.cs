using System.Globalization;
using System.Text.Json;
using Hypergate.Inventory.Tables;
using Hypergate.Results;
using Hypergate.Tools.Query.Planning;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query;

/// <summary><c>get_query_schema</c>: the tables, or all about the columns of one.</summary>
internal sealed class QuerySchemaTool(IReadOnlyList<QueryBackend> backends, OutputSettings output)
{
    public ToolDefinition Tool => new()
    {
        Name = "get_query_schema",
        Title = "Tables for queries",
        Description = "Without table: the tables for execute_query, what a row is, what reading costs. With table: its columns, types, units, values, other names and an example.",
        InputSchema = ToolSchema.Closed(static writer =>
        {
            ToolSchema.Property(writer, "table", "string");
            ToolSchema.Choice(writer, QueryArguments.FormatName, ResultFormats.Flat.Select(static format => format.Name));
        }),
        OutputSchema = ToolSchema.Open(static writer =>
        {
            ToolSchema.Property(writer, "tables", "array");
            ToolSchema.Property(writer, "table", "string");
            ToolSchema.Property(writer, "columns", "array");
            ToolSchema.Property(writer, "example", "string");
        }),
        Hints = ToolHints.Reading,
        Run = (request, _) => Task.FromResult(Run(request.Arguments)),
    };

    private ToolResult Run(JsonElement arguments)
    {
        var faults = Schemas.JsonSchemaCheck.Check(Tool.InputSchema, arguments);
        if (faults.Count > 0)
        {
            return ToolResult.Error($"get_query_schema: '{faults[0].Path}' {faults[0].Problem.TrimEnd('.')}.");
        }

        var asked = arguments.TryGetProperty(QueryArguments.FormatName, out var format) ? format.GetString() : null;
        var shown = ResultFormats.FindFlat(asked ?? output.Format ?? "") ?? ResultFormats.JsonCompact;
        if (!arguments.TryGetProperty("table", out var table))
        {
            return Tables(shown);
        }

        try
        {
            return Columns(TableNames.Find(table.GetString()!, new Place("/table"), out _), shown);
        }
        catch (QueryException exception)
        {
            return ToolResult.Error(exception.ToJson().GetRawText());
        }
    }

    private static ToolResult Tables(IResultFormat format)
    {
        var structured = ToolSchema.Write(static writer =>
        {
            writer.WriteStartArray("tables");
            foreach (var table in InventoryTables.All)
            {
                writer.WriteStartObject();
                writer.WriteString("name", table.Name);
                writer.WriteString("row", table.Row);
                writer.WriteString("price", Price(table));
                writer.WriteString("note", table.Note);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        return new ToolResult(format.Table(["name", "row", "price", "note"], [.. structured.GetProperty("tables").EnumerateArray()])) { Structured = structured };
    }

    private ToolResult Columns(TableDefinition table, IResultFormat format)
    {
        var structured = ToolSchema.Write(writer =>
        {
            writer.WriteString("table", table.Name);
            writer.WriteString("row", table.Row);
            writer.WriteString("price", Price(table));
            if (table.Note.Length > 0)
            {
                writer.WriteString("note", table.Note);
            }

            writer.WriteStartArray("columns");
            foreach (var column in table.Columns)
            {
                Write(writer, column);
            }

            writer.WriteEndArray();
            writer.WriteString("example", table.Example);
        });
        var first = table.Note.Length > 0 ? $"{table.Note}\n" : "";
        var data = format.Table(["name", "type", "unit", "nullable", "values", "also", "description", "backends"], [.. structured.GetProperty("columns").EnumerateArray()]);
        return new ToolResult($"{first}{table.Name}: {table.Row}; {Price(table)}. Example: {table.Example}\n\n{data}") { Structured = structured };
    }

    private void Write(Utf8JsonWriter writer, ColumnDefinition column)
    {
        writer.WriteStartObject();
        writer.WriteString("name", column.Name);
        writer.WriteString("type", column.Type.ToString().ToLowerInvariant());
        if (Unit(column.Type) is { } unit)
        {
            writer.WriteString("unit", unit);
        }

        writer.WriteBoolean("nullable", !column.Key);
        WriteList(writer, "values", column.Values);
        WriteList(writer, "also", column.Also);
        writer.WriteString("description", column.Description);
        if (column.Kinds.Count > 0)
        {
            writer.WriteStartArray("backends");
            foreach (var backend in backends.Where(backend => column.Kinds.Contains(backend.Kind, StringComparer.Ordinal)))
            {
                writer.WriteStringValue(backend.Name);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static string Price(TableDefinition table) => string.Create(
        CultureInfo.InvariantCulture,
        $"{table.Price} call{(table.Price == 1 ? "" : "s")} per {table.Per.ToString().ToLowerInvariant()}");

    private static string? Unit(ColumnType type) => type switch
    {
        ColumnType.Bytes => "bytes",
        ColumnType.Percent => "%",
        ColumnType.Duration => "s",
        ColumnType.Time => "UTC",
        _ => null,
    };
}
