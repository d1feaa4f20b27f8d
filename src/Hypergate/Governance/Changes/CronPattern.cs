using System.Globalization;

namespace Hypergate.Governance.Changes;

/// <summary>Five fields of cron as sets of bits: minute, hour, day of the month, month, day of the week.</summary>
internal sealed class CronPattern
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly ulong[] _fields;
    private readonly bool _anyDay;
    private readonly bool _anyWeekday;

    private CronPattern(ulong[] fields, bool anyDay, bool anyWeekday) => (_fields, _anyDay, _anyWeekday) = (fields, anyDay, anyWeekday);

    /// <summary>Null where the text is no pattern.</summary>
    public static CronPattern? TryRead(string text)
    {
        if (text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var minute, var hour, var day, var month, var weekday]
            || Field(minute, 0, 59, []) is not { } minutes
            || Field(hour, 0, 23, []) is not { } hours
            || Field(day, 1, 31, []) is not { } days
            || Field(month, 1, 12, Months) is not { } months
            || Field(weekday, 0, 7, Days) is not { } weekdays)
        {
            return null;
        }

        // 7 is Sunday as well, so that a range may end with it: sat-sun.
        weekdays |= (weekdays >> 7) & 1;
        return new([minutes, hours, days, months, weekdays], day.StartsWith('*'), weekday.StartsWith('*'));
    }

    /// <summary>Whether the pattern names this minute. Where day and weekday are both given, and neither begins with *, one of them is enough, as cron has it.</summary>
    public bool Fits(DateTime minute)
    {
        var (day, weekday) = (Has(2, minute.Day), Has(4, (int)minute.DayOfWeek));
        return Has(0, minute.Minute) && Has(1, minute.Hour) && Has(3, minute.Month)
            && (_anyDay || _anyWeekday ? day && weekday : day || weekday);
    }

    private bool Has(int field, int value) => ((_fields[field] >> value) & 1) == 1;

    private static ulong? Field(string text, int least, int most, string[] names)
    {
        ulong bits = 0;
        foreach (var part in text.Split(','))
        {
            if (Part(part, least, most, names) is not { } some)
            {
                return null;
            }

            bits |= some;
        }

        return bits;
    }

    private static ulong? Part(string text, int least, int most, string[] names)
    {
        var (range, step) = text.Split('/') switch
        {
            [var only] => (only, 1),
            [var before, var after] when int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var every) && every > 0 => (before, every),
            _ => ("", 0),
        };
        var (from, to) = range.Split('-') switch
        {
            ["*"] => (least, most),
            [var one] when Number(one, least, names) is { } value => (value, text.Contains('/', StringComparison.Ordinal) ? most : value),
            [var first, var last] when Number(first, least, names) is { } start && Number(last, least, names) is { } end => (start, end < start && end + names.Length <= most ? end + names.Length : end),
            _ => (0, -1),
        };
        if (step == 0 || from < least || to > most || from > to)
        {
            return null;
        }

        ulong bits = 0;
        for (var value = from; value <= to; value += step)
        {
            bits |= 1UL << value;
        }

        return bits;
    }

    private static int? Number(string text, int least, string[] names)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + least;
    }
}
