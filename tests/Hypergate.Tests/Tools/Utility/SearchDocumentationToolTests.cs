using System.Text.Json;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Host;
using Hypergate.Tools.Utility.Documentation;

namespace Hypergate.Tests.Tools.Utility;

/// <summary><c>search_documentation</c> against a small site of its own.</summary>
public sealed class SearchDocumentationToolTests
{
    private const string Page =
        """
        <!DOCTYPE html><html><head><title>Docs</title><style>.x{color:red}</style><script>alert("hidden")</script></head><body>
        <nav><a href="/">Navigation</a></nav>
        <article><h1>Backups</h1><p>Backups keep copies of your VMs.</p>
        <h2 id="r">Retention<a href="#r">#</a></h2><p>The <b>retention</b> says how many backups are kept &amp; for how long.</p><ul><li>daily</li><li>weekly</li></ul>
        <h2>Schedules</h2><p>A schedule runs a job at a time.</p><pre>cron 0 2 * * *</pre>
        <h2>Restore</h2><p>A restore brings a VM back.</p></article><footer>Footer</footer></body></html>
        """;

    [Fact]
    public async Task A_topic_gives_the_readable_part_of_its_page_in_passages()
    {
        await using var site = Site();
        await using var gateway = await StartAsync(site);
        var result = await gateway.DoneAsync("search_documentation", """{"topic":"backups"}""");

        Assert.StartsWith($"From {site.Address}", result.Text, StringComparison.Ordinal);
        Assert.Contains("## Retention\nThe retention says how many backups are kept & for how long.\ndaily\nweekly", result.Text, StringComparison.Ordinal);
        Assert.Contains("cron 0 2 * * *", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Navigation", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Footer", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('<', result.Text);
    }

    [Theory]
    [InlineData("how long is a backup's retention?", "Retention")]
    [InlineData("schedule", "Schedules")]
    [InlineData("RESTORES", "Restore")]
    public async Task The_passage_that_answers_the_question_comes_first(string query, string heading)
    {
        await using var site = Site();
        await using var gateway = await StartAsync(site);
        var result = await gateway.DoneAsync("search_documentation", $$"""{"topic":"backups","query":"{{query}}"}""");

        Assert.Equal(heading, result.Structured!.Value.GetProperty("passages")[0].GetProperty("heading").GetString());
    }

    [Fact]
    public async Task A_question_that_nothing_answers_says_so()
    {
        await using var site = Site();
        await using var gateway = await StartAsync(site);
        var result = await gateway.DoneAsync("search_documentation", """{"topic":"backups","query":"kubernetes"}""");

        Assert.Contains("matches 'kubernetes'", result.Text, StringComparison.Ordinal);
        Assert.Equal(0, result.Structured!.Value.GetProperty("passages").GetArrayLength());
    }

    [Fact]
    public async Task A_page_is_fetched_once_an_hour_and_never_with_a_credential()
    {
        await using var site = Site();
        var time = new ManualTime();
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { DocumentationUrl = site.Address, Time = time });
        await gateway.DoneAsync("search_documentation", """{"topic":"backups"}""");
        await gateway.DoneAsync("search_documentation", """{"topic":"backups","query":"restore"}""");
        var early = site.Requests.Count;
        time.Advance(TimeSpan.FromMinutes(61));
        await gateway.DoneAsync("search_documentation", """{"topic":"backups"}""");

        Assert.Equal((1, 2), (early, site.Requests.Count));
        Assert.All(site.Requests, static request => Assert.Null(request.Header("Cookie")));
        Assert.All(site.Requests, static request => Assert.Null(request.Header("Authorization")));
    }

    [Fact]
    public async Task A_long_page_is_bounded_and_says_how_much_is_left()
    {
        var page = "<article>" + string.Concat(Enumerable.Range(1, 400).Select(static n => $"<h2>Part {n}</h2><p>{new string('a', 200)}</p>")) + "</article>";
        await using var site = LoopbackServer.Answering(LoopbackServer.Reply(200, page, "Content-Type: text/html"));
        await using var gateway = await StartAsync(site);
        var result = await gateway.DoneAsync("search_documentation", """{"topic":"releases"}""");

        Assert.InRange(result.Text.Length, 1_000, 9_000);
        Assert.Contains(" more passages on the page; a narrower query shows them.", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_on_a_page_is_cleaned()
    {
        await using var site = LoopbackServer.Answering(
            LoopbackServer.Reply(200, "<article><h2>A</h2><p>one\u202Etwo\u200B\u001B[31mthree\u0000four</p></article>", "Content-Type: text/html; charset=utf-8"));
        await using var gateway = await StartAsync(site);
        var result = await gateway.DoneAsync("search_documentation", """{"topic":"users"}""");

        Assert.DoesNotContain('\u202E', result.Text + result.Structured);
        Assert.DoesNotContain('\u001B', result.Text);
        Assert.DoesNotContain('\u0000', result.Text);
    }

    [Fact]
    public async Task A_site_that_is_out_of_reach_gives_the_address_for_the_person()
    {
        var site = Site();
        var address = site.Address;
        await site.DisposeAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(new GatewayWish { DocumentationUrl = address });
        var result = await gateway.CallAsync("search_documentation", """{"topic":"backups"}""");

        Assert.True(result.IsError);
        Assert.StartsWith("Failed to search the documentation: ", result.Text, StringComparison.Ordinal);
        Assert.Contains(new Uri(address, DocumentationTopics.All["backups"]).ToString(), result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_topic_of_the_reference_is_known()
    {
        await using var site = Site();
        await using var gateway = await StartAsync(site);
        foreach (var topic in (string[])["installation", "configuration", "backups", "restapi", "manage", "users", "architecture", "troubleshooting", "releases"])
        {
            Assert.False((await gateway.CallAsync("search_documentation", JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["topic"] = topic }))).IsError);
        }
    }

    private static LoopbackServer Site() => LoopbackServer.Answering(LoopbackServer.Reply(200, Page, "Content-Type: text/html; charset=utf-8"));

    private static Task<GatewayUnderTest> StartAsync(LoopbackServer site) =>
        GatewayUnderTest.StartAsync(new GatewayWish { DocumentationUrl = site.Address });
}
