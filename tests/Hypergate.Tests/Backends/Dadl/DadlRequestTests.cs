using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Descriptions.Dadl;
using Hypergate.Tests.Tools.AllOperations;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>What goes over the wire for each way of writing arguments.</summary>
public sealed class DadlRequestTests
{
    private const string Tools = """
          tools:
            search:
              method: GET
              path: /items/{kind}.{format}
              access: read
              description: Search
              params:
                kind: { type: string, in: path, required: true }
                format: { type: string, in: path, default: json }
                ids: { type: array, in: query }
                "tag[]": { type: array, in: query }
                created: { type: object, in: query }
                "filter[name:like]": { type: string, in: query }
                big: { type: integer, in: query }
                on: { type: boolean, in: query }
                X-Trace: { type: string, in: header, default: none }
            make: &make
              method: POST
              path: /items?mode=full
              access: write
              description: Make
              params:
                name: { type: string, in: body, required: true }
                size: { type: integer, in: body, default: 1 }
                note: { type: string, in: body }
                rule.enabled: { type: boolean, in: body }
                rule.log.level: { type: string, in: body }
                list: { type: array, in: body }
                "poll[]": { type: array, in: body }
                map: { type: object, in: body }
            make_nested:
              method: POST
              path: /nested
              access: write
              nest_body_keys: true
              content_type: application/x-www-form-urlencoded
              description: Make
              params:
                rule.enabled: { type: boolean, in: body }
                rule.log.level: { type: string, in: body }
                rule: { type: string, in: body }
            make_form:
              method: POST
              path: /form
              access: write
              content_type: application/x-www-form-urlencoded
              description: Make
              params:
                name: { type: string, in: body }
                list: { type: array, in: body }
                "poll[]": { type: array, in: body }
                map: { type: object, in: body }
            make_parts:
              method: POST
              path: /parts
              access: write
              content_type: multipart/form-data
              description: Make
              params:
                name: { type: string, in: body }
                list: { type: array, in: body }
                map: { type: object, in: body }
            send_text:
              method: POST
              path: /text
              access: write
              content_type: text/plain
              description: Send
              params:
                text: { type: string, in: body }
            change:
              method: PATCH
              path: /items/{id}
              access: write
              description: Change
              params:
                id: { type: string, in: path, required: true }
                mode: { type: string, in: body, default: usual }
            drop:
              method: DELETE
              path: /items/{id}
              access: dangerous
              description: Drop
              params:
                id: { type: string, in: path, required: true }
                reason: { type: string, in: body }
        """;

    [Theory]
    [InlineData("""{"kind":"a b/ü"}""", "/base/items/a%20b%2F%C3%BC.json")]
    [InlineData("""{"kind":"*1","format":"xml"}""", "/base/items/%2A1.xml")]
    [InlineData("""{"kind":"k","ids":["1","2"]}""", "/base/items/k.json?ids=1&ids=2")]
    [InlineData("""{"kind":"k","ids":[]}""", "/base/items/k.json")]
    [InlineData("""{"kind":"k","ids":"7"}""", "/base/items/k.json?ids=7")]
    [InlineData("""{"kind":"k","ids":"[1, 2]"}""", "/base/items/k.json?ids=1&ids=2")]
    [InlineData("""{"kind":"k","ids":[{"a":1},{"a":2}]}""", "/base/items/k.json?ids%5B0%5D%5Ba%5D=1&ids%5B1%5D%5Ba%5D=2")]
    [InlineData("""{"kind":"k","tag[]":["x","y"]}""", "/base/items/k.json?tag%5B%5D=x&tag%5B%5D=y")]
    [InlineData("""{"kind":"k","created":{"gte":5,"not":{"eq":"a b"},"in":[1,2]}}""", "/base/items/k.json?created%5Bgte%5D=5&created%5Bnot%5D%5Beq%5D=a%20b&created%5Bin%5D%5B%5D=1&created%5Bin%5D%5B%5D=2")]
    [InlineData("""{"kind":"k","filter[name:like]":"%x%"}""", "/base/items/k.json?filter%5Bname%3Alike%5D=%25x%25")]
    [InlineData("""{"kind":"k","filter_name_like":"x"}""", "/base/items/k.json?filter%5Bname%3Alike%5D=x")]
    [InlineData("""{"kind":"k","big":12345678901234567890123}""", "/base/items/k.json?big=12345678901234567890123")]
    [InlineData("""{"kind":"k","big":"12"}""", "/base/items/k.json?big=12")]
    [InlineData("""{"kind":"k","big":12.0,"on":"true"}""", "/base/items/k.json?big=12&on=true")]
    [InlineData("""{"kind":"k","on":null}""", "/base/items/k.json")]
    public async Task Arguments_are_written_into_the_address(string arguments, string target)
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Equal(target, (await api.RequestAsync("search", arguments)).Target);
    }

    [Theory]
    [InlineData("""{"kind":".."}""", "kind")]
    [InlineData("""{"kind":"%2e%2e"}""", "kind")]
    [InlineData("""{"kind":""}""", "kind")]
    [InlineData("""{}""", "'kind' is missing")]
    [InlineData("""{"id":"k"}""", "Here it is 'kind'")]
    [InlineData("""{"kind":"k","biig":1}""", "did you mean 'big'?")]
    [InlineData("""{"kind":"k","big":"1x"}""", "'big'")]
    [InlineData("""{"kind":"k","big":1.5}""", "'big'")]
    [InlineData("""{"kind":"k","X-Trace":"a\r\nb"}""", "X-Trace")]
    [InlineData("""{"kind":"k","created":"x"}""", "'created'")]
    public async Task Wrong_arguments_are_refused_before_anything_is_sent(string arguments, string reason)
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Contains(reason, await api.RefusalAsync("search", arguments), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }

    [Theory]
    [InlineData("make", """{"name":"x"}""", """{"name":"x","size":1}""")]
    [InlineData("make", """{"name":"x","size":2,"note":null}""", """{"name":"x","size":2,"note":null}""")]
    [InlineData("make", """{"name":5,"rule.enabled":"true"}""", """{"name":"5","size":1,"rule.enabled":true}""")]
    [InlineData("make_form", """{"name":"a b","list":["x","y"],"poll[]":["p","q"],"map":{"k":{"l":1}}}""", "name=a+b&list%5B0%5D=x&list%5B1%5D=y&poll%5B%5D=p&poll%5B%5D=q&map%5Bk%5D%5Bl%5D=1")]
    [InlineData("make_form", """{"list":[{"id":1}],"name":null}""", "list%5B0%5D%5Bid%5D=1")]
    [InlineData("make_nested", """{"rule.enabled":true,"rule.log.level":"warn"}""", "rule%5Benabled%5D=true&rule%5Blog%5D%5Blevel%5D=warn")]
    [InlineData("send_text", """{"text":"0100ü"}""", "0100ü")]
    [InlineData("change", """{"id":"1","mode":"x"}""", """{"mode":"x"}""")]
    [InlineData("drop", """{"id":"1","reason":"old"}""", """{"reason":"old"}""")]
    [InlineData("make", """{"_body":[1,{"a":null}]}""", """[1,{"a":null}]""")]
    public async Task A_body_is_written_as_its_type_wants_it(string tool, string arguments, string body)
    {
        await using var api = await DadlApi.StartAsync(Tools.Replace("poll[]\": { type: array, in: body }\n        map: { type: object, in: body }\n    make_nested", "poll\": { type: array, in: body }\n        map: { type: object, in: body }\n    make_nested", StringComparison.Ordinal));

        Assert.Equal(body, (await api.RequestAsync(tool, arguments)).Body);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("access: dangerous, ", true)]
    [InlineData("access: admin, ", false)]
    [InlineData("access: read, ", false)]
    public async Task What_may_be_dangerous_asks_first_whatever_its_method(string access, bool asks)
    {
        await using var api = await DadlApi.StartAsync($$"""
              tools: { purge: { method: GET, path: /purge, {{access}}description: Purge } }

            """);

        var outcome = await api.Gateway.Parts.Pipeline.RunAsync(
            new Call { Backend = "api", Operation = api.Find("purge"), Caller = Caller.LocalUser, Arguments = JsonElement.Parse("{}"), Conversation = Conversation.Silent },
            TestContext.Current.CancellationToken);

        Assert.Equal(asks, outcome is Outcome.Unconfirmed);
        Assert.Equal(asks ? 0 : 1, api.Server.Requests.Count);
    }

    [Fact]
    public async Task A_form_with_files_has_a_part_for_each_value()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        var request = await api.RequestAsync("make_parts", """{"name":"a","list":["x","y"],"map":{"k":1}}""");

        Assert.StartsWith("multipart/form-data; boundary=", request.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(2, request.Body.Split("name=\"list\"").Length - 1);
        Assert.Contains("name=\"map\"\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_body_there_is_no_type_of_one()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Null((await api.RequestAsync("change", """{"id":"1"}""")).Header("Content-Type"));
    }

    [Fact]
    public async Task A_name_that_is_a_value_and_holds_others_is_refused()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Contains("beside", await api.RefusalAsync("make_nested", """{"rule":"x","rule.enabled":true}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_brackets_in_a_body_make_it_a_form()
    {
        await using var api = await DadlApi.StartAsync(Tools);

        Assert.Equal("application/x-www-form-urlencoded", (await api.RequestAsync("make", """{"name":"x"}""")).Header("Content-Type"));
    }

    [Fact]
    public async Task The_paths_own_pairs_and_the_default_headers_go_along()
    {
        await using var api = await DadlApi.StartAsync("  defaults: { headers: { X-Api-Version: \"7\", X-Trace: default } }\n" + Tools);

        var made = await api.RequestAsync("make", """{"name":"x"}""");
        var found = await api.RequestAsync("search", """{"kind":"k","X-Trace":"mine"}""");

        Assert.Equal("/base/items?mode=full", made.Target);
        Assert.Equal("7", made.Header("X-Api-Version"));
        Assert.Equal("mine", found.Header("X-Trace"));
        Assert.StartsWith("Hypergate/", found.Header("User-Agent"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DadlRegistryTests.Files), MemberType = typeof(DadlRegistryTests))]
    public async Task Each_tool_of_a_published_file_sends_one_request_to_its_own_path(string name)
    {
        var file = await File.ReadAllTextAsync(DadlFiles.Path(name), TestContext.Current.CancellationToken);
        var wishes = new DadlWishes
        {
            Auth = new BackendSettingsAuth { Token = new Secret("t"), Username = "u", Password = new Secret("p") },
            Settings = static settings => settings with { TransformFailure = "pass" },
        };
        await using var api = await DadlApi.StartFileAsync(file, wishes, LoopbackServer.Answering(DadlApi.Json("{}")));
        var faults = new List<string>();
        foreach (var operation in api.Operations.Where(static operation => operation.Rules is { Composite: null, Unavailable: null, Files.Count: 0, IsInternal: false }))
        {
            var before = api.Server.Requests.Count;
            var outcome = await api.CallAsync(operation, ExampleArguments.ForAny(operation, optional: false));
            var segments = operation.Path.Split('/').Length;
            if (api.Server.Requests.Count != before + 1 || api.Server.Requests.Last() is var request && (request.Method != operation.Method || !request.Target.StartsWith("/base/", StringComparison.Ordinal) || request.Target.Split('?')[0].Split('/').Length != segments + 1))
            {
                faults.Add($"{operation.Name}: {outcome}");
            }
        }

        Assert.Empty(faults);
        Assert.True(api.Server.Requests.Count > 10);
    }
}
