using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Formats;

namespace Hypergate.Results.Tables;

/// <summary>
/// Where a page ended: behind the row with this key and id. Rows that come or go meanwhile shift nothing, so pages neither overlap
/// nor miss a row.
/// </summary>
/// <param name="Key">The sort key of the last row shown.</param>
/// <param name="Id">Its id.</param>
/// <param name="Seen">How many rows with the same key and id were shown; above 1 only where a platform repeats ids.</param>
internal sealed record ListCursor(SortKey Key, string Id, int Seen)
{
    private const int LongestCursor = 4_096;
    private const int FingerprintLength = 12;

    /// <summary>Opaque text that only the same query accepts.</summary>
    public string Encode(string query) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonLines.Write(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStringValue(Fingerprint(query));
        writer.WriteStringValue(Key.Encode());
        writer.WriteStringValue(IsKey(Key, Id) ? "" : Id);
        writer.WriteNumberValue(Seen);
        writer.WriteEndArray();
    })));

    /// <summary>Reads a cursor of the same query.</summary>
    /// <param name="text">What the caller brought.</param>
    /// <param name="query">The query that it is used with.</param>
    /// <param name="problem">Where it cannot be used: why, and what to do.</param>
    public static ListCursor? Decode(string text, string query, out string problem)
    {
        problem = "cursor is not one that an earlier answer gave: copy it whole, or leave it out to start at the first row";
        if (Read(text) is not [{ ValueKind: JsonValueKind.String } fingerprint, { ValueKind: JsonValueKind.String } key,
            { ValueKind: JsonValueKind.String } id, { ValueKind: JsonValueKind.Number } seen])
        {
            return null;
        }

        if (fingerprint.GetString() != Fingerprint(query))
        {
            problem = "cursor belongs to another query: pass it with the same operation, backend, filter and sort, or leave it out to "
                + "start at the first row";
            return null;
        }

        return SortKey.Parse(key.GetString()!) is { } sortKey && seen.TryGetInt32(out var count)
            ? new(sortKey, id.GetString() is { Length: > 0 } other ? other : sortKey.Text, count)
            : null;
    }

    // A list sorted by id has the id as its key; once is enough.
    private static bool IsKey(SortKey key, string id) => key.Kind == SortKey.Kinds.Text && key.Text == id;

    private static JsonElement[] Read(string text)
    {
        if (text.Length > LongestCursor || !Base64Url.IsValid(text))
        {
            return [];
        }

        try
        {
            var value = JsonElement.Parse(Base64Url.DecodeFromChars(text));
            return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Fingerprint(string query) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(query)))[..FingerprintLength];
}
