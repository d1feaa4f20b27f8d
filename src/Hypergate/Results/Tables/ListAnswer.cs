using System.Globalization;
using System.Text.Json;
using Hypergate.Results.Text;

namespace Hypergate.Results.Tables;

/// <summary>
/// A list as an answer: sorted, cut into pages, its fields selected, and written within a budget. Only rows that are shown are
/// copied, so that a list of many megabytes costs little more than itself.
/// </summary>
internal static class ListAnswer
{
    private const int MostWarnings = 5;
    private const int LongestWarning = 200;

    /// <param name="list">A JSON array, of objects or of plain values.</param>
    /// <param name="shape">How it is asked for.</param>
    /// <param name="redaction">What is hidden in it.</param>
    /// <param name="fieldWarnings">Tells of unknown fields.</param>
    /// <exception cref="ArgumentException">The shape has a <see cref="ListShape.Problem"/>; the message is for the caller.</exception>
    public static RenderedAnswer Render(JsonElement list, ListShape shape, Redaction redaction, FieldWarnings fieldWarnings)
    {
        if (shape.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(shape));
        }

        if (list.GetArrayLength() > 0 && list[0].ValueKind != JsonValueKind.Object)
        {
            shape = shape with { Fields = [] };
        }

        var order = RowOrder.Of(list, shape, redaction);
        var start = shape.Cursor is { } cursor
            ? order.IndexAfter(ListCursor.Decode(cursor, shape.CursorQuery, out _)!)
            : Math.Min(shape.Offset, order.Count);
        string[] warnings = [.. shape.Warnings.Concat(fieldWarnings.Of(list, shape, redaction)).Take(MostWarnings).Select(static warning => CleanText.Line(warning, LongestWarning))];
        return Write(shape, redaction, order, start, warnings);
    }

    private static RenderedAnswer Write(ListShape shape, Redaction redaction, RowOrder order, int start, string[] warnings)
    {
        var reader = new RowReader(shape, redaction);
        var page = new ListPage(shape, order, start, warnings, reader.Columns);
        var rows = reader.Read(order, start, shape.Limit ?? int.MaxValue, Limits.None, out _);
        if ((rows.Count > 0 || start >= order.Count) && page.Fit(rows) is { } answer)
        {
            return answer;
        }

        foreach (var limits in Limits.Steps)
        {
            var row = reader.Read(order, start, 1, limits, out var shortened);
            var columns = reader.Columns.Take(limits.Properties).ToList();
            if ((row.Count == 1 || start >= order.Count) && new ListPage(shape, order, start, warnings, columns).Fit(row, Remark(shape, shortened)) is { } cut)
            {
                return cut;
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No row fits {shape.Budget} characters."));
    }

    private static string Remark(ListShape shape, IReadOnlyList<string> shortened)
    {
        const int Named = 5;
        var names = string.Join(", ", shortened.Take(Named)) + (shortened.Count > Named ? ", …" : "");
        var rest = shape.Fields is [not ("*" or "all")] ? "ask for the object itself, or raise the output budget" : "name fewer fields to see them whole";
        return $"; this row alone exceeds the budget and is shortened ({CleanText.Line(names, LongestWarning)}): {rest}";
    }
}
