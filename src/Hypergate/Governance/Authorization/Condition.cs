using System.Globalization;

namespace Hypergate.Governance.Authorization;

/// <summary>One condition of a rule.</summary>
/// <param name="Path">What it is about: <c>target.tags</c>.</param>
/// <param name="Wanted">What that must be.</param>
internal sealed record Condition(string Path, ConditionSettings Wanted)
{
    /// <summary>What a path is about: <c>target</c>, <c>args</c>, <c>ref</c>, <c>caller</c>, <c>time</c>.</summary>
    public string Root => Path.Split('.')[0];

    /// <summary>Whether the object of the call must be known.</summary>
    public bool NeedsTarget => Root == "target" || Wanted.SameAs?.StartsWith("target.", StringComparison.Ordinal) == true;

    /// <summary>For people: <c>target.tags one of web, db</c>.</summary>
    public override string ToString() => $"{Path} {string.Join(" and ", Words())}";

    /// <summary>Whether it holds. Where an argument names several things, what allows asks all of them, and what forbids any.</summary>
    public Fit Test(Func<string, Known> find, bool forbids)
    {
        var value = find(Path);
        var other = Wanted.SameAs is { } same ? find(same) : Known.Nothing;
        if (value.Several is null && other.Several is null)
        {
            return Test(value, other);
        }

        var each = value.Each.SelectMany(one => other.Each.Select(than => Test(one, than)));
        return forbids ? each.Max() : each.Min();
    }

    private Fit Test(Known value, Known other) =>
        value.IsUnknown || other.IsUnknown ? Fit.Maybe : Holds(value.Values, other.Values) ? Fit.Yes : Fit.No;

    private IEnumerable<string> Words()
    {
        foreach (var (word, value) in new (string, object?)[]
        {
            ("=", Wanted.EqualTo), ("not", Wanted.NotEquals), ("one of", List(Wanted.OneOf)), ("none of", List(Wanted.NoneOf)), ("like", Wanted.Matches),
            ("begins with", Wanted.StartsWith), ("below", Wanted.LessThan), ("above", Wanted.GreaterThan), ("same as", Wanted.SameAs),
        })
        {
            if (value is not null)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{word} {value}");
            }
        }

        if (Wanted.Exists is { } exists)
        {
            yield return exists ? "exists" : "does not exist";
        }
    }

    private static string? List(IReadOnlyList<string>? values) => values is null ? null : string.Join(", ", values);

    private bool Holds(IReadOnlyList<string> values, IReadOnlyList<string> others) =>
        (Wanted.EqualTo is not { } wanted || Has(values, wanted))
        && (Wanted.NotEquals is not { } unwanted || !Has(values, unwanted))
        && (Wanted.OneOf is not { } some || some.Any(one => Has(values, one)))
        && (Wanted.NoneOf is not { } none || !none.Any(one => Has(values, one)))
        && (Wanted.Matches is not { } pattern || values.Any(value => Glob.Fits(pattern, value)))
        && (Wanted.StartsWith is not { } start || values.Any(value => value.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
        && (Wanted.LessThan is not { } most || (values.Count > 0 && values.All(value => Number(value) < most)))
        && (Wanted.GreaterThan is not { } least || values.Any(value => Number(value) > least))
        && (Wanted.Exists is not { } exists || values.Count > 0 == exists)
        && (Wanted.SameAs is null || values.Any(value => Has(others, value)));

    private static bool Has(IReadOnlyList<string> values, string wanted) => values.Contains(wanted, StringComparer.OrdinalIgnoreCase);

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>Whether a rule fits; <see cref="Maybe"/> where something it asks for is not known.</summary>
internal enum Fit
{
    No,
    Maybe,
    Yes,
}

/// <summary>What is known of a value: nothing yet, that there is none, or one or several.</summary>
internal readonly record struct Known(bool IsUnknown, IReadOnlyList<string> Values)
{
    /// <summary>It could not be found out, or not yet.</summary>
    public static Known Unknown { get; } = new(true, []);

    /// <summary>There is none.</summary>
    public static Known Nothing { get; } = new(false, []);

    public static Known Of(string? value) => value is null ? Nothing : new(false, [value]);

    public static Known Of(IReadOnlyList<string>? values) => values is null ? Nothing : new(false, values);

    /// <summary>Of each of the things that an argument names.</summary>
    public static Known OfEach(IReadOnlyList<Known> each) => each switch
    {
        [] => Nothing,
        [var only] => only,
        _ => new(false, []) { Several = each },
    };

    /// <summary>What is known of each, two at least; null where it is of one thing, whose values stand together as its tags do.</summary>
    public IReadOnlyList<Known>? Several { get; private init; }

    public IReadOnlyList<Known> Each => Several ?? [this];
}
