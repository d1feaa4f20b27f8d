using System.Globalization;
using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Values;

/// <summary>Turns values into what their column holds; the column decides, never the look of the value.</summary>
/// <param name="now">What relative times count from.</param>
internal sealed class TypedValues(DateTimeOffset now)
{
    /// <exception cref="QueryException">The value is none of that type.</exception>
    public Cell Convert(RawValue value, ColumnType type)
    {
        var cell = type switch
        {
            ColumnType.Text or ColumnType.List => Cell.Of(value.Text),
            ColumnType.Bool => Truth(value),
            ColumnType.Time => value.Kind == RawKind.Bool ? Cell.Null : Cell.Of(Moments.Parse(value.Text, now)),
            _ when value.Kind == RawKind.Bool => Cell.Null,
            ColumnType.Bytes => Whole(ByteSizes.Parse(value.Text)),
            ColumnType.Duration => Whole(Durations.ParseSeconds(value.Text)),
            ColumnType.Percent => Number(value.Text.TrimEnd('%', ' ')),
            _ => Number(value.Text),
        };
        return cell.IsNull ? throw new QueryException(QueryCode.BadValue, $"'{Shown(value.Text)}' is no {Name(type)}.", value.Place, Hint(type)) : cell;
    }

    private static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private static Cell Truth(RawValue value) => value.Text.ToUpperInvariant() switch
    {
        "TRUE" or "1" or "YES" => Cell.Of(true),
        "FALSE" or "0" or "NO" => Cell.Of(false),
        _ => Cell.Null,
    };

    private static Cell Whole(double? number) =>
        number is { } value && double.IsInteger(value) && Math.Abs(value) < long.MaxValue ? Cell.Of((long)value) : Cell.Of(number);

    private static Cell Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return Cell.Of(whole);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Cell.Of(number) : Cell.Null;
    }

    private static string Name(ColumnType type) => type switch
    {
        ColumnType.Bool => "truth value",
        ColumnType.Time => "time",
        ColumnType.Bytes => "number of bytes",
        ColumnType.Duration => "duration",
        _ => "number",
    };

    private static string Hint(ColumnType type) => type switch
    {
        ColumnType.Bool => "true or false",
        ColumnType.Time => "2026-01-31, 2026-01-31T12:00:00Z, Unix seconds, now-30d, today",
        ColumnType.Bytes => "10737418240, 10GiB, 10 GB, 512M",
        ColumnType.Duration => "seconds, 30d, 12h, 1h30m",
        ColumnType.Percent => "0 to 100",
        _ => "a number such as 100",
    };
}
