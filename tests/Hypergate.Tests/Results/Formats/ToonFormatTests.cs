using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Hypergate.Results;

namespace Hypergate.Tests.Results.Formats;

/// <summary>What the reference decoder of the format makes of what we write.</summary>
public class ToonFormatTests
{
    private static readonly IResultFormat Toon = ResultFormats.Find("toon")!;

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Elements("", "true", "null", "-", "-1", "05", "1e5", "+3", "#x", " a", "a ", "a:b", "[x]", "{y}", "a,b", "\\", "\"", "12 GB", "a|b", "prod;web", "- x", "null ", "\uFEFFx", "0x1", "1.5.2", "é😀", "\u0001\u001f", "a\nb", "\r\t"),
        Gen.Elements([.. "ab01-+.eE:,;|#\"\\[]{} \t\n\u0007éß"]).ArrayOf().Select(static characters => new string(characters)));

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Texts.Select(static text => (JsonNode?)JsonValue.Create(text)),
        Gen.Elements<JsonNode?>(null, true, false, 0, -1, 12.3, 0.5, 1e-7, 1.5e22, 123456789012345.6, 1e20, -0.0, 1.2345678901234567e18, 1_000_000).Select(static value => value?.DeepClone()),
        Gen.Choose(-100_000, 100_000).Select(static number => (JsonNode?)JsonValue.Create(number)));

    [Fact]
    public void Tables_are_read_back_as_they_were()
    {
        List<(string Toon, JsonNode? Data)> samples = [.. Table().Sample(numberOfSamples: 400, size: 20).Select(static rows =>
        {
            string[] columns = rows.Count == 0 ? ["a"] : [.. rows[0]!.AsObject().Select(static property => property.Key)];
            return (Toon.Table(columns, [.. rows.Select(static row => Element(row))]), (JsonNode?)rows);
        })];

        Check(samples);
    }

    [Fact]
    public void Objects_of_any_shape_are_read_back_as_they_were() =>
        Check([.. Value(3).Sample(numberOfSamples: 600, size: 12).Select(static value => (Toon.Record(Element(value)), value))]);

    [Fact]
    public void Lists_in_cells_are_joined_and_columns_that_a_row_lacks_are_null() => Assert.Equal(
        "data[1]{tags,none,\"a b\"}:\n  prod;web,null,\"\"",
        Toon.Table(["tags", "none", "a b"], [JsonElement.Parse("""{"tags":["prod","web"],"a b":[]}""")]));

    [Fact]
    public void Integers_that_a_script_cannot_hold_are_quoted() => Assert.Equal(
        "data[1]{a,b,c}:\n  9007199254740991,\"9007199254740993\",\"123456789012345678901234567890\"",
        Toon.Table(["a", "b", "c"], [JsonElement.Parse("""{"a":9007199254740991,"b":9007199254740993,"c":123456789012345678901234567890}""")]));

    private static void Check(List<(string Toon, JsonNode? Data)> samples)
    {
        var decoded = JsonNode.Parse(NodePackages.Run("decode-toon.mjs", JsonSerializer.Serialize(samples.Select(static sample => sample.Toon))))!.AsArray();

        Assert.Equal(samples.Count, decoded.Count);
        for (var index = 0; index < samples.Count; index++)
        {
            var expected = Element(new JsonObject { ["data"] = samples[index].Data?.DeepClone() });
            Assert.True(Same(expected, Element(decoded[index])), $"{samples[index].Toon}\nwas read as\n{decoded[index]?.ToJsonString()}\nand was\n{expected}");
        }
    }

    private static bool Same(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => left.GetPropertyCount() == right.GetPropertyCount()
            && left.EnumerateObject().All(property => right.TryGetProperty(property.Name, out var value) && Same(property.Value, value)),
        (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(static pair => Same(pair.First, pair.Second)),
        (JsonValueKind.Number, JsonValueKind.Number) => left.GetDouble().Equals(right.GetDouble() + 0.0) || left.GetDouble() == right.GetDouble(),
        _ => JsonElement.DeepEquals(left, right),
    };

    private static Gen<JsonArray> Table() =>
        from columns in Gen.Elements("a", "b_c", "d.e", "f g", "9", "ü", "", "x:y").NonEmptyListOf().Select(static names => names.Distinct().ToList())
        from rows in Gen.Choose(0, 6).SelectMany(count => Scalars.ArrayOf(columns.Count).ArrayOf(count))
        select new JsonArray([.. rows.Select(row => (JsonNode?)new JsonObject(columns.Zip(row, static (column, cell) => KeyValuePair.Create(column, cell?.DeepClone()))))]);

    private static Gen<JsonNode?> Value(int depth) => depth == 0
        ? Scalars
        : Gen.OneOf(
            Scalars,
            Gen.Choose(0, 4).SelectMany(count => Value(depth - 1).ArrayOf(count)).Select(static items => (JsonNode?)new JsonArray([.. items.Select(static item => item?.DeepClone())])),
            Table().Select(static table => (JsonNode?)table),
            (from names in Gen.Elements("a", "b", "c d", "e.f", "-", "1").ArrayOf().Select(static names => names.Distinct().ToList())
             from values in Value(depth - 1).ArrayOf(names.Count)
             select (JsonNode?)new JsonObject(names.Zip(values, static (name, value) => KeyValuePair.Create(name, value?.DeepClone())))));

    private static JsonElement Element(JsonNode? node) => JsonElement.Parse(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"));
}
