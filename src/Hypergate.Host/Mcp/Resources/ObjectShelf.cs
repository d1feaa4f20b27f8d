using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Results.Rows;
using Hypergate.Results.Text;
using Hypergate.Tools;
using ModelContextProtocol;

namespace Hypergate.Host.Mcp.Resources;

/// <summary>
/// The objects of the platforms as documents with addresses, for one audience. Each is read in the caller's name through the pipeline of
/// all calls, so that what a caller may not see is not there.
/// </summary>
internal sealed class ObjectShelf(PlatformInventory inventory)
{
    private const string Tool = "resources";
    private const int MostListed = 200;
    private const int LongestText = 4_000;

    /// <summary>The types that a backend has; none where it does not exist.</summary>
    public IEnumerable<ObjectType> Types(string backend) =>
        inventory.Backends.FirstOrDefault(known => known.Name == backend) is { } found && InventoryPlatforms.Find(found.Kind.Name) is { } platform
            ? ObjectType.All.Where(type => platform.Tables.ContainsKey(type.Name))
            : [];

    /// <summary>The types of a backend as a document; null where it has none.</summary>
    public JsonElement? ListTypes(string backend) => Types(backend).ToList() is not { Count: > 0 } types ? null : ToolSchema.Write(writer =>
    {
        writer.WriteStartArray("types");
        foreach (var type in types)
        {
            writer.WriteStartObject();
            writer.WriteString("type", type.Name);
            writer.WriteString("object", type.Table.Row);
            writer.WriteString("uri", $"{ResourceAddress.Of(backend)}/objects/{type.Name}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Names and addresses of the objects of a type; null where there is no such type.</summary>
    public async Task<JsonElement?> ListAsync(string backend, string type, Caller caller, CancellationToken cancellationToken)
    {
        if (await ReadAsync(backend, type, caller, cancellationToken) is not var (found, reading))
        {
            return null;
        }

        var named = reading.Rows.Select(row => (Id: found.IdOf(row), Row: row)).Where(static entry => entry.Id is not null).ToList();
        return ToolSchema.Write(writer =>
        {
            writer.WriteNumber("total", named.Count);
            writer.WriteNumber("shown", Math.Min(named.Count, MostListed));
            writer.WriteStartArray("objects");
            foreach (var (id, row) in named.Take(MostListed))
            {
                writer.WriteStartObject();
                writer.WriteString("id", CleanText.Line(id!, LongestText));
                writer.WriteString("name", CleanText.Line(found.TitleOf(row) ?? id!, LongestText));
                writer.WriteString("uri", ResourceAddress.OfObject(backend, found.Name, id!));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            WriteProblems(writer, reading);
        });
    }

    /// <summary>One object by its id, or by a name that it alone has; null where there is none.</summary>
    public async Task<JsonElement?> FindAsync(ResourceAddress.OneObject address, Caller caller, CancellationToken cancellationToken)
    {
        if (await ReadAsync(address.Backend, address.Type, caller, cancellationToken) is not var (type, reading))
        {
            return null;
        }

        if (type.Find(reading.Rows, address.Name) is { } row)
        {
            return ToolSchema.Write(writer => Write(writer, type, row, reading));
        }

        // Where the platform has not answered, nobody knows whether there is such an object.
        return reading.Problems is [var problem, ..]
            ? throw new McpProtocolException($"Objects of '{address.Backend}' cannot be read. {problem.Text}", McpErrorCode.InternalError)
            : null;
    }

    /// <summary>Ids and names of the objects of a type; none where it cannot be read.</summary>
    public async Task<IEnumerable<string>> NamesAsync(string backend, string type, Caller caller, CancellationToken cancellationToken)
    {
        if (await ReadAsync(backend, type, caller, cancellationToken) is not var (found, reading))
        {
            return [];
        }

        var titles = reading.Rows.Select(found.TitleOf).OfType<string>().CountBy(static title => title, StringComparer.Ordinal);
        return [.. titles.Where(static title => title.Value == 1).Select(static title => title.Key), .. reading.Rows.Select(found.IdOf).OfType<string>()];
    }

    private async Task<(ObjectType Type, TableReading Reading)?> ReadAsync(string backend, string name, Caller caller, CancellationToken cancellationToken)
    {
        if (ObjectType.Find(name) is not { } type || !Types(backend).Contains(type))
        {
            return null;
        }

        var request = new TableRequest { Table = type.Name, Caller = caller, Backends = [backend] };
        return (type, await inventory.ReadAsync(request, new ReadWish(caller, Conversation.Silent, Tool), cancellationToken));
    }

    private static void Write(Utf8JsonWriter writer, ObjectType type, Cell[] row, TableReading reading)
    {
        writer.WriteString("object", type.Name);
        for (var index = 0; index < type.Table.Columns.Count; index++)
        {
            if (!row[index].IsNull)
            {
                writer.WritePropertyName(type.Table.Columns[index].Name);
                CellJson.Write(writer, row[index], LongestText);
            }
        }

        WriteProblems(writer, reading);
    }

    private static void WriteProblems(Utf8JsonWriter writer, TableReading reading)
    {
        if (reading.Problems.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("problems");
        foreach (var problem in reading.Problems)
        {
            writer.WriteStringValue(problem.Text);
        }

        writer.WriteEndArray();
    }
}
