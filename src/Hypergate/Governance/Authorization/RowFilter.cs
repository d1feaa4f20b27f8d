using System.Buffers;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>Leaves out of an answer what its caller may not see: rows of a list, and of lists in an object.</summary>
internal sealed class RowFilter(ObjectRules rules, Func<ObjectRef?, Task<bool>> mayShow)
{
    private readonly Dictionary<ObjectRef, bool> _known = [];

    public async Task<Outcome.Done> FilterAsync(Operation operation, Outcome.Done done) => done.Value.ValueKind switch
    {
        JsonValueKind.Array when await RowsAsync(operation, done.Value, all: true) is { } rows => done with { Value = rows, Warnings = [] },
        JsonValueKind.Object when await ObjectAsync(operation, done.Value) is { } item => done with { Value = item, Warnings = [] },
        _ => done,
    };

    private async Task<JsonElement?> ObjectAsync(Operation operation, JsonElement item)
    {
        var changed = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in item.EnumerateObject().Where(static property => property.Value.ValueKind == JsonValueKind.Array))
        {
            if (await RowsAsync(operation, property.Value, all: false) is { } rows)
            {
                changed[property.Name] = rows;
            }
        }

        return changed.Count == 0 ? null : Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var property in item.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                (changed.TryGetValue(property.Name, out var rows) ? rows : property.Value).WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    // Null where every row stays. What is no object is judged in lists alone; within an object it belongs to that.
    private async Task<JsonElement?> RowsAsync(Operation operation, JsonElement list, bool all)
    {
        var kept = new List<JsonElement>();
        foreach (var row in list.EnumerateArray())
        {
            var about = rules.RowOf(operation, row);
            if (about is null && !all ? true : await MayShowAsync(about))
            {
                kept.Add(row);
            }
        }

        return kept.Count == list.GetArrayLength() ? null : Json(writer =>
        {
            writer.WriteStartArray();
            kept.ForEach(row => row.WriteTo(writer));
            writer.WriteEndArray();
        });
    }

    private async Task<bool> MayShowAsync(ObjectRef? about)
    {
        if (about is not { } row)
        {
            return await mayShow(null);
        }

        return _known.TryGetValue(row, out var known) ? known : _known[row] = await mayShow(row);
    }

    private static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
