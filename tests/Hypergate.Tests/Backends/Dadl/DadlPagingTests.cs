using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Lists in pages: followed by the gateway, or by the model with what it is told.</summary>
public sealed class DadlPagingTests
{
    private static string Tool(string paging) => $$"""
          defaults: { pagination: { {{paging}} } }
          tools:
            list:
              method: GET
              path: /list
              access: read
              description: List
            one: { method: GET, path: /one, access: read, description: One, pagination: none }
        """;

    [Theory]
    [InlineData("strategy: page, behavior: auto, request: { page_param: page, limit_param: per_page, limit_default: 2 }, response: { total_pages_header: X-Pages }", "/list|/list?page=2|/list?page=3")]
    [InlineData("strategy: offset, behavior: auto, request: { offset_param: skip, limit_param: limit, limit_default: 2 }", "/list|/list?skip=2|/list?skip=4")]
    [InlineData("strategy: link_header, behavior: auto, request: { limit_param: limit }", "/list|/list?max_id=2|/list?max_id=4")]
    public async Task A_list_is_followed_to_its_end(string paging, string targets)
    {
        await using var api = await DadlApi.StartFileAsync(Descriptions.Dadl.DadlFiles.Head + Tool(paging), null, LoopbackServer.Answering(static (request, number) =>
            DadlApi.Json(number == 2 ? "[5]" : $"[{(number * 2) + 1},{(number * 2) + 2}]", 200, ["X-Pages: 3", .. number < 2 ? [$"Link: </base/list?max_id={(number + 1) * 2}>; rel=\"next\", </base/list>; rel=\"prev\""] : Array.Empty<string>()])));

        var done = await api.DoneAsync("list");

        Assert.Equal("[1,2,3,4,5]", done.Value.GetRawText());
        Assert.Equal(targets, string.Join('|', api.Server.Requests.Select(static request => request.Target["/base".Length..])));
    }

    [Fact]
    public async Task A_cursor_is_followed_until_the_answer_says_that_there_is_no_more()
    {
        await using var api = await DadlApi.StartFileAsync(
            Descriptions.Dadl.DadlFiles.Head + Tool("strategy: cursor, behavior: auto, request: { cursor_param: after }, response: { next_cursor: \"$.data[-1].id\", has_more: \"$.page < $.pages\" }").Replace("path: /list", "path: /list\n      response: { result_path: $.data }", StringComparison.Ordinal),
            null,
            LoopbackServer.Answering(static (_, number) => DadlApi.Json($$"""{"page":{{number + 1}},"pages":2,"data":[{"id":"c{{number}}"}]}""")));

        Assert.Equal("""[{"id":"c0"},{"id":"c1"}]""", (await api.DoneAsync("list")).Value.GetRawText());
        Assert.Equal("/base/list?after=c0", api.Server.Requests.Last().Target);
    }

    [Theory]
    [InlineData("strategy: offset, behavior: auto, request: { offset_param: skip }, response: { total_count_header: X-Total }", "[1,2,3,4,5]", "/list|/list?skip=2|/list?skip=4")]
    [InlineData("strategy: page, behavior: auto, request: { page_param: page }, response: { total_count_header: X-Total }", "[1,2,3,4,5]", "/list|/list?page=2|/list?page=3")]
    [InlineData("strategy: link_header, behavior: auto", "[1,2,3,4]", "/list|/list?max_id=2")]
    public async Task A_list_ends_where_the_platform_says_so_or_leads_back_to_itself(string paging, string items, string targets)
    {
        await using var api = await DadlApi.StartFileAsync(Descriptions.Dadl.DadlFiles.Head + Tool(paging), null, LoopbackServer.Answering(static (_, number) =>
            DadlApi.Json(number == 2 ? "[5]" : $"[{(number * 2) + 1},{(number * 2) + 2}]", 200, "X-Total: 5", "Link: </base/list?max_id=2>; rel=\"next\"")));

        var done = await api.DoneAsync("list");

        Assert.Equal((items, targets), (done.Value.GetRawText(), string.Join('|', api.Server.Requests.Select(static request => request.Target["/base".Length..]))));
        Assert.Empty(done.Warnings);
    }

    [Fact]
    public async Task A_platform_that_gives_fewer_rows_than_were_asked_for_is_read_to_its_end_without_a_gap()
    {
        await using var api = await DadlApi.StartFileAsync(
            Descriptions.Dadl.DadlFiles.Head + Tool("strategy: offset, behavior: auto, request: { offset_param: skip, limit_param: limit }, response: { total_count_header: X-Total }"),
            null,
            LoopbackServer.Answering(static (_, number) => DadlApi.Json(number == 2 ? "[5]" : $"[{(number * 2) + 1},{(number * 2) + 2}]", 200, "X-Total: 5")));

        Assert.Equal("[1,2,3,4,5]", (await api.DoneAsync("list", """{"limit":4}""")).Value.GetRawText());
        Assert.Equal("/list?limit=4|/list?skip=2&limit=4|/list?skip=4&limit=4", string.Join('|', api.Server.Requests.Select(static request => request.Target["/base".Length..])));
    }

    [Theory]
    [InlineData("/base/list?after=2", "[1,2]", "/list|/list?after=2", 0)]
    [InlineData("http://other.example/list?after=2", "[1]", "/list", 1)]
    public async Task A_cursor_that_is_an_address_is_followed_on_the_same_server_alone(string next, string items, string targets, int warnings)
    {
        await using var api = await DadlApi.StartFileAsync(
            Descriptions.Dadl.DadlFiles.Head + Tool("strategy: cursor, behavior: auto, request: { cursor_param: after }, response: { next_cursor: $.next }").Replace("path: /list", "path: /list\n      response: { result_path: $.data }", StringComparison.Ordinal),
            null,
            LoopbackServer.Answering((request, number) => DadlApi.Json($$"""{"data":[{{number + 1}}],"next":{{(number > 0 ? "null" : $"\"{(next.StartsWith('/') ? $"http://{request.Header("Host")}{next}" : next)}\"")}}}""")));

        var done = await api.DoneAsync("list");

        Assert.Equal((items, targets, warnings), (done.Value.GetRawText(), string.Join('|', api.Server.Requests.Select(static request => request.Target["/base".Length..])), done.Warnings.Count));
    }

    [Fact]
    public async Task A_page_whose_size_nobody_tells_may_not_be_the_last()
    {
        await using var api = await DadlApi.StartAsync(Tool("strategy: page, behavior: auto, request: { page_param: page }"), null, DadlApi.Json("[1,2,3]"));

        Assert.Equal(["The file does not say how many a page holds; these 3 were taken for all, and there may be more: page names a place in the list"], (await api.DoneAsync("list")).Warnings);
    }

    [Fact]
    public async Task What_is_no_list_is_not_joined_and_says_once_where_it_goes_on()
    {
        await using var api = await DadlApi.StartAsync(
            Tool("strategy: cursor, behavior: auto, request: { cursor_param: after }, response: { next_cursor: $.next }").Replace("path: /list", "path: /list\n      response: { result_path: $.rows }", StringComparison.Ordinal), null, DadlApi.Json("""{"a":1,"next":"n2"}"""));

        var done = await api.DoneAsync("list");

        Assert.Equal("""{"a":1,"next":"n2"}""", done.Value.GetRawText());
        Assert.Equal(["result_path $.rows not found; this is the whole answer", "more: after=n2"], done.Warnings);
    }

    [Fact]
    public async Task A_later_page_that_fails_leaves_what_there_is_with_a_notice()
    {
        await using var api = await DadlApi.StartAsync(Tool("strategy: page, behavior: auto, request: { page_param: page, limit_default: 1 }"), null, DadlApi.Json("[1]"), DadlApi.Json("{}", 500));

        var done = await api.DoneAsync("list");

        Assert.Equal("[1]", done.Value.GetRawText());
        Assert.Contains("internal", Assert.Single(done.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_on_ends_after_a_time_with_what_there_is()
    {
        var time = new ManualTime();
        await using var api = await DadlApi.StartFileAsync(
            Descriptions.Dadl.DadlFiles.Head + Tool("strategy: page, behavior: auto, request: { page_param: page, limit_param: n, limit_default: 1 }"),
            new DadlWishes { Time = time },
            LoopbackServer.Answering((_, number) =>
            {
                time.Advance(TimeSpan.FromSeconds(25));
                return DadlApi.Json($"[{number}]");
            }));

        var done = await api.DoneAsync("list");

        Assert.Equal("[0,1,2,3]", done.Value.GetRawText());
        Assert.Contains("4 items of 4 pages; there are more", Assert.Single(done.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_names_a_page_gets_that_one()
    {
        await using var api = await DadlApi.StartAsync(Tool("strategy: page, behavior: auto, request: { page_param: page, limit_default: 1 }"), null, DadlApi.Json("[1]"));

        Assert.Equal("/base/list?page=4", (await api.RequestAsync("list", """{"page":4}""")).Target);
    }

    [Theory]
    [InlineData("strategy: page, request: { page_param: page, limit_param: n }, response: { total_pages_header: X-Pages }", """{"page":2}""", "[1]", "more: page=3 of 7")]
    [InlineData("strategy: offset, request: { cursor_param: offset, limit_param: limit }, response: { total_count_header: X-Total }", """{"offset":2}""", "[1]", "more: offset=3 of 9")]
    [InlineData("strategy: offset, request: { limit_param: limit }", """{"limit":2}""", "[1,2]", "There may be more than these 2: raise limit, or narrow the question")]
    [InlineData("strategy: offset, request: { offset_param: skip, limit_param: limit, limit_default: 2 }", "{}", "[1,2]", "more: skip=2")]
    [InlineData("strategy: page, request: { page_param: page, limit_param: n, limit_default: 2 }", """{"page":4}""", "[1,2]", "more: page=5")]
    [InlineData("strategy: cursor, request: { cursor_param: after }, response: { next_cursor: $.next }", "{}", """{"next":"abc"}""", "more: after=abc")]
    [InlineData("strategy: offset, request: { offset_param: offset }, response: { next_cursor: $.next }", "{}", """{"next":"https://h/list?offset=50&limit=5"}""", "more: offset=50, limit=5")]
    [InlineData("strategy: link_header, request: { limit_param: limit }", "{}", "[1]", "more: max_id=9")]
    public async Task Where_a_model_turns_the_pages_it_is_told_how(string paging, string arguments, string body, string notice)
    {
        await using var api = await DadlApi.StartAsync(Tool(paging + ", behavior: expose"), null, DadlApi.Json(body, 200, "X-Pages: 7", "X-Total: 9", "Link: </base/list?max_id=9>; rel=\"next\""));

        Assert.Equal([notice], (await api.DoneAsync("list", arguments)).Warnings);
    }

    [Theory]
    [InlineData("page", "$.result_info", """{"data":[1,2],"result_info":{"page":1,"total_pages":7}}""", "more: page=2 of 7")]
    [InlineData("page", "$.result_info", """{"data":[1,2],"result_info":{"page":1,"total_pages":1}}""", null)]
    [InlineData("page", "$", """{"data":[1,2],"pages":3,"results":9}""", "more: page=2 of 3")]
    [InlineData("offset", "$.meta", """{"data":[1,2],"meta":{"total":5}}""", "more: offset=2 of 5")]
    [InlineData("offset", "$.meta", """{"data":[1,2],"meta":{"total":2}}""", null)]
    [InlineData("offset", "$.meta.total", """{"data":[1,2],"meta":{"total":5}}""", "more: offset=2 of 5")]
    [InlineData("page", "$.pages", """{"data":[1,2],"pages":3}""", "more: page=2 of 3")]
    [InlineData("page", "$.total", """{"data":[1,2],"total":3}""", null)]
    public async Task What_an_answer_says_of_its_pages_is_read_where_the_file_says(string strategy, string path, string body, string? notice)
    {
        await using var api = await DadlApi.StartAsync($$"""
              defaults: { pagination: { strategy: {{strategy}}, behavior: expose, request: { {{strategy}}_param: {{strategy}}, limit_param: limit } }, response: { result_path: $.data, metadata_path: "{{path}}" } }
              tools: { list: { method: GET, path: /list, access: read, description: List } }

            """, null, DadlApi.Json(body));

        var done = await api.DoneAsync("list");

        Assert.Equal("[1,2]", done.Value.GetRawText());
        Assert.Equal(notice is null ? [] : [notice], done.Warnings);
    }

    [Fact]
    public async Task A_list_that_is_longer_than_what_comes_unasked_is_whole()
    {
        await using var api = await DadlApi.StartAsync(Tool("strategy: offset, behavior: expose, request: { limit_param: limit, limit_default: 2 }"), null, DadlApi.Json("[1,2,3]"));

        Assert.Empty((await api.DoneAsync("list")).Warnings);
    }

    [Fact]
    public async Task Only_what_the_file_names_is_added_to_the_arguments()
    {
        await using var api = await DadlApi.StartAsync(Tool("strategy: offset, behavior: expose, request: { limit_param: limit, limit_default: 100 }"));

        Assert.Equal(["limit"], api.Find("list").Parameters.Select(static parameter => parameter.Name));
        Assert.Contains("100", api.Find("list").Parameters[0].Description, StringComparison.Ordinal);
        Assert.Empty(api.Find("one").Parameters);
        Assert.Equal("/base/list", (await api.RequestAsync("list")).Target);
    }
}
