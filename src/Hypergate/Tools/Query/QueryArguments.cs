using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Results;
using Hypergate.Schemas;
using Hypergate.Tools.Query.Json;
using Hypergate.Tools.Query.Text;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query;

/// <summary>The arguments of <c>execute_query</c>, read and checked.</summary>
/// <param name="Tree">The query.</param>
/// <param name="Key">The query as text: what a cursor is bound to.</param>
/// <param name="Format">The asked format; null for none.</param>
/// <param name="Cursor">Where an answer before ended; null for none.</param>
internal sealed record QueryArguments(QueryTree Tree, string Key, IResultFormat? Format, string? Cursor)
{
    public const string Query = "query";
    public const string FormatName = "format";
    public const string CursorName = "cursor";

    private static readonly string[] Names = [Query, FormatName, CursorName];

    /// <exception cref="QueryException">An argument is wrong.</exception>
    public static QueryArguments Read(JsonElement arguments)
    {
        // The parts of a JSON query may also stand beside each other as arguments.
        if (!arguments.TryGetProperty(Query, out var query) && arguments.TryGetProperty("from", out _))
        {
            return Of(JsonQueryReader.Read(arguments), arguments, null, null);
        }

        foreach (var argument in arguments.EnumerateObject())
        {
            if (!Names.Contains(argument.Name, StringComparer.Ordinal))
            {
                throw new QueryException(
                    QueryCode.UnknownKey,
                    $"There is no argument '{argument.Name}'.",
                    new Place($"/{argument.Name}"),
                    NearestName.Find(argument.Name, Names) is { } near ? $"Did you mean {near}?" : "Arguments: query, format, cursor.");
            }
        }

        return Of(ReadQuery(query), query, Text(arguments, FormatName), Text(arguments, CursorName));
    }

    private static QueryArguments Of(QueryTree tree, JsonElement query, string? format, string? cursor)
    {
        var name = format ?? tree.Format;
        var found = name is null ? null : ResultFormats.FindFlat(name)
            ?? throw new QueryException(QueryCode.BadValue, $"There is no format '{name}'.", new Place("/format"), string.Join(", ", ResultFormats.Flat.Select(static known => known.Name)));
        return new(tree, query.ValueKind == JsonValueKind.String ? query.GetString()! : Compact(query), found, cursor);
    }

    private static QueryTree ReadQuery(JsonElement query) => query.ValueKind switch
    {
        JsonValueKind.Object => JsonQueryReader.Read(query),
        JsonValueKind.String when query.GetString()!.TrimStart() is ['{', ..] text => JsonQueryReader.Read(Parse(text)),
        JsonValueKind.String => TextQueryParser.Read(query.GetString()!),
        _ => throw new QueryException(QueryCode.MissingValue, "query is missing: a SELECT as text, or the JSON form.", new Place("/query"), "SELECT name, status FROM guests LIMIT 10"),
    };

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new QueryException(QueryCode.BadSyntax, $"The query is no JSON: {exception.Message}", new Place("/query", (int)(exception.BytePositionInLine ?? 0) + 1));
        }
    }

    private static string? Text(JsonElement arguments, string name) => !arguments.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
        ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new QueryException(QueryCode.BadValue, $"{name} is a text.", new Place($"/{name}"));

    private static string Compact(JsonElement query)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            query.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
