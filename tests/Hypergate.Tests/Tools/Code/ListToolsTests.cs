using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

public sealed class ListToolsTests : IAsyncLifetime
{
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Backends = 2, Backend = static backend => backend with { Deny = ["DeleteVm"] } });

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Theory]
    [InlineData("{}", "// xo1, xo2: Xen Orchestra\n")]
    [InlineData("""{"query":"start a vm"}""", "interface XenOrchestra {\n  /** ")]
    [InlineData("""{"pattern":"vm"}""", "// xo1, xo2: Xen Orchestra\nxo1.")]
    [InlineData("""{"backend":"xo2","detail":"names"}""", "// xo1, xo2: Xen Orchestra\nacl_privileges: ")]
    [InlineData("""{"names":["StartVm"]}""", "interface XenOrchestra {\n  /** ")]
    public async Task The_level_of_detail_follows_the_number_of_hits(string arguments, string start)
    {
        var result = await Gateway.DoneAsync("list_tools", arguments);

        Assert.StartsWith(start, result.Text, StringComparison.Ordinal);
        Assert.Matches(@"// \d+ matched, \d+ shown", result.Text);
    }

    [Fact]
    public async Task Backends_that_offer_the_same_share_one_interface()
    {
        var text = (await Gateway.DoneAsync("list_tools", """{"names":["StartVm"]}""")).Text;

        Assert.Equal(
            """
            interface XenOrchestra {
              /** Boots a halted VM, on the given host or on one that has room. [write] needs consent, waits for its task unless wait: false */
              StartVm(args: { id: string; body?: { hostId?: string }; wait?: boolean }): Promise<{ task: string; backend: string; state: string; result: unknown }>;
            }
            declare const api: { xo1: XenOrchestra; xo2: XenOrchestra };
            // 1 matched, 1 shown
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public async Task The_same_catalog_gives_the_same_bytes()
    {
        foreach (var arguments in (string[])["{}", """{"query":"backup"}""", """{"pattern":".*","detail":"full"}"""])
        {
            Assert.Equal((await Gateway.DoneAsync("list_tools", arguments)).Text, (await Gateway.DoneAsync("list_tools", arguments)).Text);
        }
    }

    [Fact]
    public async Task A_long_listing_comes_in_parts_that_together_are_whole()
    {
        var (shown, page, pages) = (0, 1, new List<string>());
        while (true)
        {
            var result = await Gateway.DoneAsync("list_tools", $$"""{"pattern":".","detail":"full","page":{{page}}}""");
            pages.Add(result.Text);
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(result.Text), 1, 24 * 1024);
            shown += result.Structured!.Value.GetProperty("shown").GetInt32();
            if (!result.Structured.Value.TryGetProperty("next_page", out var next))
            {
                Assert.Equal(result.Structured.Value.GetProperty("matched").GetInt32(), shown);
                break;
            }

            page = next.GetInt32();
        }

        Assert.True(pages.Count > 1);
        Assert.All(pages, static text => Assert.Equal(Occurrences(text, "interface XenOrchestra {"), Occurrences(text, "\n}\n")));
    }

    [Fact]
    public async Task Every_part_declares_what_it_shows_and_nothing_else()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Backends = 2, Backend = static backend => backend.Name == "xo2" ? backend with { Deny = ["DeleteVm"] } : backend });
        var parts = new List<string>();
        for (int? page = 1; page is { } number;)
        {
            var part = await gateway.DoneAsync("list_tools", $$"""{"pattern":".","detail":"full","page":{{number}}}""");
            parts.Add(part.Text);
            page = part.Structured!.Value.TryGetProperty("next_page", out var next) ? next.GetInt32() : null;
        }

        Assert.All(parts, static text => Assert.Equal(text.Contains("interface XenOrchestra {", StringComparison.Ordinal), text.Contains("xo1: XenOrchestra", StringComparison.Ordinal)));
        Assert.All(parts, static text => Assert.Equal(text.Contains("interface XenOrchestra2 {", StringComparison.Ordinal), text.Contains("xo2: XenOrchestra2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Words_with_a_pattern_find_the_best_of_those_that_fit_it()
    {
        var found = await Gateway.DoneAsync("list_tools", """{"query":"start a vm","pattern":"^xo1\\.[A-M]","detail":"summary"}""");

        Assert.InRange(found.Structured!.Value.GetProperty("matched").GetInt32(), 1, 25);
        Assert.DoesNotContain("StartVm", found.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"names":["api.xo1.StartVm"]}""", "StartVm(args")]
    [InlineData("""{"query":""}""", " read, ")]
    public async Task What_is_asked_in_other_words_is_understood(string arguments, string words) =>
        Assert.Contains(words, (await Gateway.DoneAsync("list_tools", arguments)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task What_callers_may_not_run_is_not_listed()
    {
        var all = await Gateway.DoneAsync("list_tools", """{"pattern":"DeleteVm"}""");
        var named = await Gateway.CallAsync("list_tools", """{"names":["DeleteVm"]}""");

        Assert.DoesNotContain("DeleteVm(", all.Text, StringComparison.Ordinal);
        Assert.Contains("There is no operation 'DeleteVm'", named.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pattern":"("}""", "no regular expression")]
    [InlineData("""{"pattern":"(a)\\1"}""", "no regular expression")]
    [InlineData("""{"pattern":"(?=vm)"}""", "look-around or references to groups, which are not understood.")]
    [InlineData("""{"pattern":"((a{1,100}){1,100}){1,100}"}""", "it repeats too much")]
    [InlineData("""{"pattern":"*vm*"}""", "Any text is .*")]
    [InlineData("""{"pattern":"^xo1.StartVms$"}""", "near are 'xo1.StartVm', ")]
    [InlineData("""{"pattern":"start_virtual_machine"}""", "near are 'xo1.StartVm'")]
    [InlineData("""{"names":["xo1.GetVmz"]}""", "Did you mean 'GetVms'")]
    [InlineData("""{"names":["mcp__hypergate__xo2_StartVmm"]}""", "Did you mean 'StartVm'")]
    [InlineData("""{"qurey":"vm"}""", "did you mean 'query'?")]
    [InlineData("""{"query":"zzxxqq 日本語"}""", "nothing fits")]
    [InlineData("""{"backend":"xo9"}""", "backend")]
    [InlineData("""{"detail":"everything"}""", "detail")]
    public async Task A_question_that_cannot_be_answered_says_why(string arguments, string words)
    {
        var result = await Gateway.CallAsync("list_tools", arguments);

        Assert.True(result.IsError);
        Assert.Contains(words, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_mean_nothing_are_told_beside_those_that_do()
    {
        var text = (await Gateway.DoneAsync("list_tools", """{"names":["StartVm","xo1.GetVmz","DeleteVm"]}""")).Text;

        Assert.Contains("StartVm(args", text, StringComparison.Ordinal);
        Assert.Contains("\n// There is no operation 'xo1.GetVmz' on any backend (xo1, xo2). Did you mean 'GetVms'", text, StringComparison.Ordinal);
        Assert.Contains("\n// There is no operation 'DeleteVm' on any backend", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_to_its_other_name_without_being_listed_under_it()
    {
        Assert.Contains("StartVm(", (await Gateway.DoneAsync("discover_tools", """{"names":["StartVm"]}""")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Gateway.Gateway.Tools.Current, static tool => tool.Name == "discover_tools");
    }

    [Fact]
    public async Task Full_detail_of_a_question_fits_into_six_thousand_tokens()
    {
        var text = (await Gateway.DoneAsync("list_tools", """{"query":"vm"}""")).Text;

        // Three characters a token: less than such text really has.
        Assert.InRange(text.Length, 1, 6000 * 3);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
