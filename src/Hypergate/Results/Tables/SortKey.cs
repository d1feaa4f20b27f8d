using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Tables;

/// <summary>What a row is sorted by: numbers by value, then texts by code, then everything else.</summary>
internal readonly record struct SortKey(SortKey.Kinds Kind, double Number, string Text)
{
    private const int LongestText = 64;

    public enum Kinds
    {
        Number,
        Text,
        Truth,

        /// <summary>Of a list or an object, by the number of what is in it.</summary>
        Size,

        /// <summary>Absent, null or hidden: behind all others in both directions.</summary>
        Missing,
    }

    public static SortKey Missing { get; } = new(Kinds.Missing, 0, "");

    /// <param name="value">A value that may be seen.</param>
    /// <param name="name">Its property.</param>
    /// <param name="redaction">Applied to texts, because a key travels in a cursor.</param>
    public static SortKey Of(JsonElement value, string name, Redaction redaction) => value.ValueKind switch
    {
        JsonValueKind.Number => new(Kinds.Number, value.TryGetDouble(out var number) ? number : 0, ""),
        // Long texts are compared by their beginning, so that a cursor stays short; ties are broken by id.
        JsonValueKind.String => new(Kinds.Text, 0, CleanText.Start(TextOf(value, name, redaction), LongestText)),
        JsonValueKind.True => new(Kinds.Truth, 1, ""),
        JsonValueKind.False => new(Kinds.Truth, 0, ""),
        JsonValueKind.Array => new(Kinds.Size, value.GetArrayLength(), ""),
        JsonValueKind.Object => new(Kinds.Size, value.GetPropertyCount(), ""),
        _ => Missing,
    };

    private static string TextOf(JsonElement value, string name, Redaction redaction)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        return redaction.IsPlain(raw) ? Encoding.ASCII.GetString(raw) : redaction.Text(name, CleanText.Visible(JsonText.Of(value)));
    }

    public int CompareTo(in SortKey other, bool descending)
    {
        if (Kind == Kinds.Missing || other.Kind == Kinds.Missing)
        {
            return Kind.CompareTo(other.Kind);
        }

        var ascending = Kind != other.Kind ? Kind.CompareTo(other.Kind)
            : Kind == Kinds.Text ? string.CompareOrdinal(Text, other.Text)
            : Number.CompareTo(other.Number);
        return descending ? -ascending : ascending;
    }

    /// <summary>For a cursor; <see cref="Parse"/> reads it back without loss.</summary>
    public string Encode() => string.Create(CultureInfo.InvariantCulture, $"{(int)Kind} {Number:R} {Text}");

    public static SortKey? Parse(string encoded) =>
        encoded.Split(' ', 3) is [var kind, var number, var text] &&
        int.TryParse(kind, CultureInfo.InvariantCulture, out var value) && Enum.IsDefined((Kinds)value) &&
        double.TryParse(number, CultureInfo.InvariantCulture, out var parsed)
            ? new SortKey((Kinds)value, parsed, text)
            : null;
}
