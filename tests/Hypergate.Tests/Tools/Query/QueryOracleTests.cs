using System.Globalization;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Hypergate.Tests.Tools.Query;

/// <summary>The engine beside plain LINQ, over generated rows and generated conditions.</summary>
public class QueryOracleTests
{
    private static readonly DateTimeOffset Start = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string?> Names = Gen.Elements<string?>("web01", "Web02", "db%", "a_b", "ÄPFEL", "", "o'neil", null);

    private static readonly Gen<Guest> Guests =
        from name in Names
        from node in Gen.Elements<string?>("pve1", "pve2", "PVE3", null)
        from vmid in Gen.Choose(-1, 8).Select(static number => number < 0 ? null : (long?)number)
        from cpu in Gen.Choose(-2, 20).Select(static number => number < 0 ? null : (double?)number / 2)
        from template in Gen.Elements<bool?>(true, false, null)
        from tags in Gen.Elements<string[]?>(["prod"], ["PROD", "web"], [], null)
        from hours in Gen.Choose(-1, 30).Select(static number => number < 0 ? null : (int?)number)
        select new Guest(name, node, vmid, cpu, template, tags, hours is { } value ? Start.AddHours(value) : null);

    private static readonly Gen<Wish> Leaves = Gen.OneOf(
        Texts("name", static guest => guest.Name, Names.Where(static name => name is not null).Select(static name => name!)),
        Numbers("vmid", static guest => guest.Vmid, 8),
        Numbers("cpu_usage_percent", static guest => guest.Cpu, 10),
        Truths(),
        Tags(),
        Moments());

    [Fact]
    public async Task Conditions_of_any_shape_keep_the_rows_that_LINQ_keeps()
    {
        foreach (var (guests, wish) in Worlds().Zip(Condition(3)).Sample(numberOfSamples: 600, size: 12))
        {
            var query = new JsonObject { ["from"] = "guests", ["select"] = new JsonArray("id"), ["where"] = wish.Json.DeepClone(), ["limit"] = 1000 };

            var kept = await RowsAsync(guests, query);

            Assert.Equal(Numbered(guests).Where(entry => wish.Meets(entry.Guest) == true).Select(static entry => entry.Id).ToArray(), kept);
        }
    }

    [Fact]
    public async Task Orders_put_missing_values_last_in_both_directions()
    {
        foreach (var (guests, isDescending) in Worlds().Zip(Gen.Elements(true, false)).Sample(numberOfSamples: 200, size: 20))
        {
            var query = JsonNode.Parse($$"""{"from":"guests","select":["id"],"orderBy":[{"field":"node","direction":"{{(isDescending ? "desc" : "asc")}}"},{"field":"cpu_usage_percent","direction":"desc"}],"offset":2,"limit":7}""")!.AsObject();
            var ordered = Numbered(guests).OrderBy(static entry => entry.Guest.Node is null);
            ordered = isDescending
                ? ordered.ThenByDescending(static entry => entry.Guest.Node, StringComparer.OrdinalIgnoreCase)
                : ordered.ThenBy(static entry => entry.Guest.Node, StringComparer.OrdinalIgnoreCase);
            var expected = ordered.ThenBy(static entry => entry.Guest.Cpu is null).ThenByDescending(static entry => entry.Guest.Cpu).ThenBy(static entry => entry.Id, StringComparer.Ordinal)
                .Skip(2).Take(7).Select(static entry => entry.Id);

            var rows = await RowsAsync(guests, query);
            Assert.Equal(expected.ToArray(), rows);
        }
    }

    [Fact]
    public async Task Groups_and_aggregates_are_those_of_LINQ()
    {
        foreach (var guests in Worlds().Sample(numberOfSamples: 200, size: 20))
        {
            var query = JsonNode.Parse("""{"from":"guests","select":["node","COUNT(*)","COUNT(vmid)","COUNT(DISTINCT vmid) as d","SUM(vmid)","AVERAGE(vmid)","MIN(vmid)","MAX(name)"],"groupBy":["node"],"limit":1000}""")!.AsObject();
            var expected = guests.GroupBy(static guest => guest.Node).OrderBy(static group => group.Key is null).ThenBy(static group => group.Key, StringComparer.OrdinalIgnoreCase).Select(static group => string.Join(' ',
                Text(group.Key), Text(group.Count()), Text(group.Count(static guest => guest.Vmid is not null)), Text(group.Select(static guest => guest.Vmid).Where(static vmid => vmid is not null).Distinct().Count()),
                Text(group.Any(static guest => guest.Vmid is not null) ? group.Sum(static guest => guest.Vmid) : null), Text(group.Average(static guest => guest.Vmid)), Text(group.Min(static guest => guest.Vmid)),
                Text(group.Select(static guest => guest.Name).Where(static name => name is not null).OrderBy(static name => name, StringComparer.OrdinalIgnoreCase).ThenBy(static name => name, StringComparer.Ordinal).LastOrDefault())));

            var rows = await RowsAsync(guests, query);
            Assert.Equal(expected.ToArray(), rows);
        }
    }

    private static Gen<Guest[]> Worlds() => Guests.ArrayOf();

    private static string Text(object? value) => value is null ? "-" : System.Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static IEnumerable<(string Id, Guest Guest)> Numbered(Guest[] guests) => guests.Select(static (guest, index) => (string.Create(CultureInfo.InvariantCulture, $"qemu/{index:D3}"), guest));

    private static async Task<string[]> RowsAsync(Guest[] guests, JsonObject query)
    {
        var world = new QueryWorld();
        foreach (var (id, guest) in Numbered(guests))
        {
            world.Tables.Add(
                "guests", ("backend", "prod"), ("id", id), ("name", guest.Name), ("node", guest.Node), ("vmid", guest.Vmid), ("cpu_usage_percent", guest.Cpu),
                ("is_template", guest.Template), ("tags", guest.Tags), ("created", guest.Created));
        }

        return await world.RowsAsync(query.ToJsonString());
    }

    private static Gen<Wish> Condition(int depth) => depth == 0 ? Leaves : Gen.Frequency(
        (2, Leaves),
        (3, from children in Condition(depth - 1).NonEmptyListOf().Select(static list => list.Take(3).ToList())
            from isAny in Gen.Elements(true, false)
            from isNegated in Gen.Elements(true, false)
            select Group(children, isAny, isNegated)));

    private static Wish Group(IReadOnlyList<Wish> children, bool isAny, bool isNegated) => new(
        new JsonObject { ["logic"] = isAny ? "OR" : "and", ["not"] = isNegated, ["conditions"] = new JsonArray([.. children.Select(static child => child.Json.DeepClone())]) },
        guest =>
        {
            var parts = children.Select(child => child.Meets(guest)).ToList();
            bool? whole = isAny
                ? parts.Contains(true) ? true : parts.Contains(null) ? null : false
                : parts.Contains(false) ? false : parts.Contains(null) ? null : true;
            return isNegated ? !whole : whole;
        });

    private static Wish Leaf(string field, string comparison, JsonNode? value, Func<Guest, bool?> meets) =>
        new(new JsonObject { ["field"] = field, ["operator"] = comparison, ["value"] = value }, meets);

    private static Gen<Wish> Texts(string field, Func<Guest, string?> of, Gen<string> values)
    {
        const StringComparison NoCase = StringComparison.OrdinalIgnoreCase;
        (string Name, Func<string, string, bool> Test)[] operators =
        [
            ("=", static (text, value) => text.Equals(value, NoCase)), ("!=", static (text, value) => !text.Equals(value, NoCase)),
            ("<", static (text, value) => string.Compare(text, value, NoCase) < 0), (">=", static (text, value) => string.Compare(text, value, NoCase) >= 0),
            ("contains", static (text, value) => text.Contains(value, NoCase)), ("NOT CONTAINS", static (text, value) => !text.Contains(value, NoCase)),
            ("STARTSWITH", static (text, value) => text.StartsWith(value, NoCase)), ("notendswith", static (text, value) => !text.EndsWith(value, NoCase)),
            ("IN", static (text, value) => text.Equals(value, NoCase)), ("NOT_IN", static (text, value) => !text.Equals(value, NoCase)),
        ];
        return from test in Gen.Elements(operators)
               from value in values.Select(static value => value.ToUpperInvariant())
               select Leaf(field, test.Name, new JsonArray(value), guest => of(guest) is { } text ? test.Test(text, value) : null);
    }

    private static Gen<Wish> Numbers(string field, Func<Guest, double?> of, int most)
    {
        (string Name, Func<double, double, bool> Test)[] operators =
        [
            ("=", static (number, value) => number == value), ("<>", static (number, value) => number != value), ("<", static (number, value) => number < value),
            ("<=", static (number, value) => number <= value), (">", static (number, value) => number > value), (">=", static (number, value) => number >= value),
        ];
        var compare = from test in Gen.Elements(operators)
                      from value in Gen.Choose(0, most)
                      from isText in Gen.Elements(true, false)
                      select Leaf(field, test.Name, isText ? $"{value}" : value, guest => of(guest) is { } number ? test.Test(number, value) : null);
        var between = from low in Gen.Choose(0, most)
                      from size in Gen.Choose(0, 4)
                      from isNegated in Gen.Elements(true, false)
                      select Leaf(field, isNegated ? "NOT BETWEEN" : "BETWEEN", new JsonArray(low, low + size), guest => of(guest) is { } number ? (number >= low && number <= low + size) != isNegated : null);
        var missing = Gen.Elements(true, false).Select(isNegated => Leaf(field, isNegated ? "ISNOTNULL" : "IS NULL", null, guest => of(guest) is null != isNegated));
        return Gen.OneOf(compare, between, missing);
    }

    private static Gen<Wish> Truths() =>
        from value in Gen.Elements(true, false)
        from isNegated in Gen.Elements(true, false)
        select Leaf("is_template", isNegated ? "!=" : "=", value ? "yes" : 0, guest => guest.Template is { } truth ? truth == value != isNegated : null);

    private static Gen<Wish> Tags() =>
        from value in Gen.Elements("prod", "web", "w")
        from isNegated in Gen.Elements(true, false)
        select Leaf("tags", isNegated ? "NOTCONTAINS" : "CONTAINS", value, guest => guest.Tags is { } tags ? tags.Contains(value, StringComparer.OrdinalIgnoreCase) != isNegated : null);

    private static Gen<Wish> Moments() =>
        from hours in Gen.Choose(0, 30)
        from isUnix in Gen.Elements(true, false)
        let moment = Start.AddHours(hours)
        select Leaf("created", "<", isUnix ? moment.ToUnixTimeSeconds() : moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), guest => guest.Created is { } created ? created < moment : null);

    private sealed record Guest(string? Name, string? Node, long? Vmid, double? Cpu, bool? Template, string[]? Tags, DateTimeOffset? Created);

    private sealed record Wish(JsonNode Json, Func<Guest, bool?> Meets)
    {
        public override string ToString() => Json.ToJsonString();
    }
}
