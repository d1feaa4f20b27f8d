using System.Text.Json;
using Hypergate.Results;

namespace Hypergate.Tests.Results.Objects;

public class ObjectAnswerTests
{
    [Fact]
    public void An_object_that_fits_is_readable_json_and_nothing_else()
    {
        var vm = XoSamples.Collection("/vms")[0];

        var answer = XoSamples.Shaper.One(vm, new());

        Assert.Equal("", answer.Note);
        Assert.Equal("prod-cache-001", JsonElement.Parse(answer.Text).GetProperty("name_label").GetString());
        Assert.StartsWith("{\n  \"type\": \"VM\",\n  \"addresses\": {\"0/ipv4/0\":\"10.0.20.32\"},\n", answer.Text, StringComparison.Ordinal);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(answer.Text), answer.Structured!.Value.GetProperty("value")));
    }

    [Fact]
    public void Every_recorded_object_keeps_all_that_is_not_hidden()
    {
        foreach (var path in (string[])["/hosts", "/pools", "/srs", "/networks", "/alarms", "/schedules", "/acl-roles"])
        {
            foreach (var item in XoSamples.Collection(path).EnumerateArray())
            {
                var shown = JsonElement.Parse(XoSamples.Shaper.One(item, new() { Budget = 100_000 }).Text);
                Assert.True(JsonElement.DeepEquals(item, shown), $"{path}: {item.GetRawText()}");
            }
        }
    }

    [Theory]
    [InlineData("JsonCompact")]
    [InlineData("JsonNormal")]
    public void The_json_formats_wrap_the_object_in_data(string format) =>
        Assert.Equal("""{"data":{"a":1,"b":["x"]}}""", XoSamples.Shaper.One(JsonElement.Parse("""{"a":1, "b":["x"]}"""), new() { Format = ResultFormats.Find(format)! }).Text);

    [Theory]
    [InlineData(2_000)]
    [InlineData(5_000)]
    [InlineData(25_000)]
    public void A_large_object_is_shortened_with_counts_and_says_how_to_see_more(int budget)
    {
        var disks = string.Join(',', Enumerable.Range(0, 4_000).Select(index => $"\"disk-{index}\""));
        var value = JsonElement.Parse($$"""{"id":"sr","VDIs":[{{disks}}],"log":"{{new string('x', 90_000)}}","name":"big","nested":{"a":{"b":[1,2,3]} } }""");

        var answer = XoSamples.Shaper.One(value, new() { Budget = budget });

        Assert.InRange(answer.Text.Length, budget / 4, budget);
        Assert.True(answer.Structured!.Value.GetRawText().Length <= budget);
        Assert.StartsWith("shortened to fit", answer.Note, StringComparison.Ordinal);
        Assert.Contains("VDIs, log", answer.Note, StringComparison.Ordinal);
        var shown = JsonElement.Parse(answer.Data);
        Assert.Equal("big", shown.GetProperty("name").GetString());
        var items = shown.GetProperty("VDIs").EnumerateArray().ToList();
        Assert.Equal($"… {4_001 - items.Count:N0} more", items[^1].GetString());
        Assert.EndsWith("more characters", shown.GetProperty("log").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_field_gets_the_whole_budget()
    {
        var disks = string.Join(',', Enumerable.Range(0, 1_000).Select(index => $"\"disk-{index}\""));
        var value = JsonElement.Parse($$"""{"id":"sr","VDIs":[{{disks}}],"log":"{{new string('x', 90_000)}}"}""");

        var answer = XoSamples.Shaper.One(value, new() { Fields = ["VDIs", "absent"] });

        Assert.Equal(1_000, JsonElement.Parse(answer.Data).GetProperty("VDIs").GetArrayLength());
        Assert.Equal("the object has no field \"absent\"", Assert.Single(answer.Warnings));
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"deep\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", 3_000)]
    [InlineData("{\"key\":[1,2,3,{\"a\":null}]}", 3_000)]
    [InlineData("\"a long text \\u0000\\ud800 with things\"", 3_000)]
    public void However_an_object_is_built_the_budget_holds(string part, int times)
    {
        var members = string.Join(',', Enumerable.Range(0, times).Select(index => $"\"{index}é{new string('k', index % 300)}\":{part}"));

        var answer = XoSamples.Shaper.One(JsonElement.Parse($"{{{members}}}"), new() { Budget = 2_000 });

        Assert.True(answer.Text.Length <= 2_000);
        Assert.True(answer.Structured!.Value.GetRawText().Length <= 2_000);
    }

    [Fact]
    public void What_a_failed_task_tells_of_the_server_is_hidden()
    {
        var task = JsonElement.Parse("""
            {"id":"t","result":{"code":"VM_BAD_POWER_STATE","stack":"Error\n at file:///opt/xo","call":{"method":"VM.start"},"message":"no"},
             "tasks":[{"result":{"stack":"x","name":"E"}}],"stack":"own field","pw_hash":"h","preferences":{"smtpPassword":"p","password_policy":"long"}}
            """);

        var shown = XoSamples.Shaper.One(task, new()).Structured!.Value.GetProperty("value");

        Assert.Equal(
            """{"id":"t","result":{"code":"VM_BAD_POWER_STATE","stack":"[REDACTED]","call":"[REDACTED]","message":"no"},"tasks":[{"result":{"stack":"[REDACTED]","name":"E"}}],"stack":"own field","pw_hash":"[REDACTED]","preferences":{"smtpPassword":"[REDACTED]","password_policy":"long"}}""",
            shown.GetRawText());
    }

    [Fact]
    public void A_new_token_is_hidden_and_what_is_beside_it_shown()
    {
        var created = JsonElement.Parse("""{"token":{"client":{"id":"hypergate"},"id":"s3cr3t","user_id":"u","expiration":1,"description":"doc"}}""");

        var shown = XoSamples.Shaper.One(created, new()).Text;

        Assert.DoesNotContain("s3cr3t", shown, StringComparison.Ordinal);
        Assert.Contains("hypergate", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_and_dates_stay_as_they_are() =>
        Assert.Equal(
            """{"value":{"n":1.50,"big":12345678901234567890,"e":1E+5,"d":"2026-01-01T00:00:00Z"}}""",
            XoSamples.Shaper.One(JsonElement.Parse("""{"n":1.50,"big":12345678901234567890,"e":1E+5,"d":"2026-01-01T00:00:00Z"}"""), new()).Structured!.Value.GetRawText());

    [Fact]
    public void Text_of_any_script_is_written_without_escapes()
    {
        var value = JsonElement.Parse("""{"a":"Prüfung 日本 😀 <b> it's \"x\" \\ a+b"}""");

        foreach (var format in ResultFormats.All.Where(format => format.Name != "Csv"))
        {
            Assert.Contains("""Prüfung 日本 😀 < b> it's \"x\" \\ a+b""", XoSamples.Shaper.One(value, new() { Format = format }).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"pong\"")]
    [InlineData("42")]
    [InlineData("null")]
    public void A_plain_value_is_shown_as_it_is(string json) => Assert.Equal(json, XoSamples.Shaper.One(JsonElement.Parse(json), new() { Fields = ["id"] }).Text);
}
