using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Tables;

/// <summary>The rows of a list in the order in which pages are cut: by the asked field, then by id.</summary>
internal sealed class RowOrder
{
    // As the platform sent them; the order is of places in it.
    private readonly Entry[] _entries;
    private readonly int[] _places;
    private readonly bool _descending;

    private RowOrder(Entry[] entries, bool descending)
    {
        (_entries, _descending) = (entries, descending);
        _places = new int[entries.Length];
        for (var place = 0; place < _places.Length; place++)
        {
            _places[place] = place;
        }

        Array.Sort(_places, CompareInList);
    }

    public int Count => _entries.Length;

    public JsonElement this[int index] => At(index).Row;

    /// <summary>Sorts a list. Hidden fields count as missing, so that an order tells nothing about them.</summary>
    public static RowOrder Of(JsonElement list, ListShape shape, Redaction redaction)
    {
        var entries = new Entry[list.GetArrayLength()];
        var sort = shape.SortField is { } field and not "id" ? new FieldPath(field) : null;
        var index = 0;
        foreach (var row in list.EnumerateArray())
        {
            entries[index] = shape.KeepsOrder && shape.SortField is null ? new(row, SortKey.Missing, IndexId(index)) : EntryOf(row, index, sort, redaction);
            index++;
        }

        return new RowOrder(entries, shape.Descending);
    }

    /// <summary>The index of the first row behind a cursor.</summary>
    public int IndexAfter(ListCursor cursor)
    {
        var last = new Entry(default, cursor.Key, cursor.Id);
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Compare(At(middle), last) < 0 ? (middle + 1, high) : (low, middle);
        }

        for (var seen = 0; seen < cursor.Seen && low < Count && Compare(At(low), last) == 0; seen++)
        {
            low++;
        }

        return low;
    }

    /// <summary>The cursor that points behind a row.</summary>
    public ListCursor CursorAfter(int index)
    {
        var seen = 1;
        while (index - seen >= 0 && Compare(At(index - seen), At(index)) == 0)
        {
            seen++;
        }

        return new(At(index).Key, At(index).Id, seen);
    }

    /// <summary>
    /// Rows without an id stay in the order of the platform, behind all others; so do those whose id is a credential, because a
    /// cursor would give it away.
    /// </summary>
    private static Entry EntryOf(JsonElement row, int index, FieldPath? sort, Redaction redaction)
    {
        var key = IdKey(row, redaction);
        var id = key.Kind switch
        {
            SortKey.Kinds.Text => key.Text,
            SortKey.Kinds.Number => string.Create(CultureInfo.InvariantCulture, $"{key.Number:R}"),
            _ => IndexId(index),
        };
        return new(row, sort is null ? key : KeyOf(row, sort, redaction), id);
    }

    private static string IndexId(int index) => string.Create(CultureInfo.InvariantCulture, $"\uFFFD{index:D9}");

    private static SortKey IdKey(JsonElement row, Redaction redaction)
    {
        if (row.ValueKind == JsonValueKind.String)
        {
            return SortKey.Of(row, "", redaction);
        }

        foreach (var name in (ReadOnlySpan<string>)["id", "uuid", "href"])
        {
            if (JsonText.TryGet(row, name, out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number &&
                !redaction.Hides(row, "", name))
            {
                return SortKey.Of(id, name, redaction);
            }
        }

        return SortKey.Missing;
    }

    private static SortKey KeyOf(JsonElement row, FieldPath sort, Redaction redaction) =>
        sort.TryFind(row, out var found) && !sort.IsHidden(row, redaction) ? SortKey.Of(found.Value, found.Name, redaction) : SortKey.Missing;

    private ref readonly Entry At(int index) => ref _entries[_places[index]];

    private int Compare(in Entry left, in Entry right)
    {
        // Ids and names mostly differ at once.
        if (left.Start != right.Start && left.Key.Kind == SortKey.Kinds.Text && right.Key.Kind == SortKey.Kinds.Text)
        {
            return left.Start.CompareTo(right.Start) * (_descending ? -1 : 1);
        }

        var byKey = left.Key.CompareTo(right.Key, _descending);
        return byKey != 0 ? byKey : string.CompareOrdinal(left.Id, right.Id);
    }

    // The sort of the runtime is not stable.
    private int CompareInList(int left, int right)
    {
        var sign = Compare(_entries[left], _entries[right]);
        return sign != 0 ? sign : left.CompareTo(right);
    }

    /// <param name="Row">The row.</param>
    /// <param name="Key">What it is sorted by.</param>
    /// <param name="Id">What decides between equal keys.</param>
    private readonly record struct Entry(JsonElement Row, SortKey Key, string Id)
    {
        /// <summary>The first characters of a text in one number, which is greater where the text is greater.</summary>
        public ulong Start { get; } = StartOf(Key.Text);

        private static ulong StartOf(string text)
        {
            const int Characters = 4;
            var start = 0UL;
            for (var at = 0; at < Characters; at++)
            {
                start = (start << 16) | (at < text.Length ? text[at] : 0UL);
            }

            return start;
        }
    }
}
