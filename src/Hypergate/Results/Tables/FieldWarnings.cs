using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Tables;

/// <summary>Tells of asked fields that nobody knows: neither the platform's description nor any row.</summary>
/// <param name="nearest">Finds the known name that was probably meant; null where none is near.</param>
internal sealed class FieldWarnings(Func<string, IEnumerable<string>, string?> nearest)
{
    private const int RowsToLearnFrom = 20;
    private const int LongestName = 60;

    public IEnumerable<string> Of(JsonElement list, ListShape shape, Redaction redaction)
    {
        if (list.GetArrayLength() > 0 && list[0].ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var field in shape.AllFields ? [] : shape.Fields.Distinct(StringComparer.Ordinal))
        {
            if (IsUnknown(field, list, shape))
            {
                yield return $"no field \"{Shown(field)}\"{Suggestion(field, list, shape)}";
            }
        }

        if (shape.SortField is not { } sort || sort == "id")
        {
            yield break;
        }

        if (IsUnknown(sort, list, shape))
        {
            yield return $"cannot sort by \"{Shown(sort)}\": there is no such field{Suggestion(sort, list, shape)}; sorted by id";
        }

        var path = new FieldPath(sort);
        if (list.EnumerateArray().Any(row => path.IsHidden(row, redaction)))
        {
            yield return $"cannot sort by \"{Shown(sort)}\": its values are hidden";
        }
    }

    private static bool IsUnknown(string field, JsonElement list, ListShape shape)
    {
        if (shape.KnownFields.Contains(field, StringComparer.Ordinal))
        {
            return false;
        }

        var path = new FieldPath(field);
        var rootIsKnown = shape.KnownFields.Contains(path.Root, StringComparer.Ordinal);
        var mayBeAbsent = rootIsKnown || (shape.KnownFields.Count == 0 && list.GetArrayLength() == 0);
        foreach (var row in list.EnumerateArray())
        {
            if (path.TryFind(row, out _))
            {
                return false;
            }

            // A known object that is there and lacks the part speaks against the part.
            mayBeAbsent &= !JsonText.TryGet(row, path.Root, out var owner) || owner.ValueKind == JsonValueKind.Null;
        }

        return !mayBeAbsent;
    }

    private string Suggestion(string field, JsonElement list, ListShape shape)
    {
        var root = new FieldPath(field).Root;
        var names = shape.KnownFields.Concat(list.EnumerateArray().Take(RowsToLearnFrom).SelectMany(row => NamesIn(row, root)));
        return nearest(field, names.Distinct(StringComparer.Ordinal)) is { } near ? $"; did you mean {Shown(near)}?" : "";
    }

    private static IEnumerable<string> NamesIn(JsonElement row, string root)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var inside = JsonText.TryGet(row, root, out var owner) && owner.ValueKind == JsonValueKind.Object
            ? owner.EnumerateObject().Select(property => $"{root}.{JsonText.NameOf(property)}")
            : [];
        return row.EnumerateObject().Select(JsonText.NameOf).Concat(inside);
    }

    private static string Shown(string name) => CleanText.Line(name, LongestName);
}
