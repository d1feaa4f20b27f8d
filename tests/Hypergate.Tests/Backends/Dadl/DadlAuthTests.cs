using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Credentials: where each goes, where it never goes, and how it is renewed.</summary>
public sealed class DadlAuthTests
{
    private const string Look = "  tools: { look: { method: GET, path: /look, access: read, description: Look } }\n";

    private static string File(string auth, string tools = Look) => $"""
        spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
        backend:
          name: small
          type: rest
          description: Small
          auth: {auth}

        """ + tools;

    [Theory]
    [InlineData("{ type: bearer, credential: c }", "Authorization", "Bearer the-token")]
    [InlineData("{ type: bearer, credential: c, header_name: Cookie, prefix: \"authenticationToken=\" }", "Cookie", "authenticationToken=the-token")]
    [InlineData("{ type: bearer, credential: c, header_name: X-Authorization, prefix: \"Token \" }", "X-Authorization", "Token the-token")]
    [InlineData("{ type: apikey, credential: vault/c }", "X-API-Key", "the-token")]
    [InlineData("{ type: api_key, credential: c, header_name: Authorization, prefix: \"Token token=\" }", "Authorization", "Token token=the-token")]
    [InlineData("{ type: bearer, credential: c, prefix: \"\" }", "Authorization", "the-token")]
    [InlineData("{ type: bearer, credential: none }", "Authorization", null)]
    public async Task A_token_goes_where_the_file_says(string auth, string header, string? value)
    {
        await using var api = await DadlApi.StartFileAsync(File(auth), null, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal(value, (await api.RequestAsync("look")).Header(header));
    }

    [Fact]
    public async Task A_key_goes_into_the_query_behind_all_else()
    {
        await using var api = await DadlApi.StartFileAsync(
            File("{ type: apikey, credential: c, inject_into: query, query_param: auth_key }", "  tools: { look: { method: GET, path: \"/look?a=1\", access: read, description: Look } }\n"), null, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal("/base/look?a=1&auth_key=the-token", (await api.RequestAsync("look")).Target);
    }

    [Theory]
    [InlineData("CREDENTIAL_MY_KEY", "from-env")]
    [InlineData("HYPERGATE_CREDENTIAL_API_MY_KEY", "from-env")]
    public async Task A_credential_is_found_in_the_environment_by_its_name(string variable, string value)
    {
        var wishes = new DadlWishes { Auth = new BackendSettingsAuth(), Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = value } };
        await using var api = await DadlApi.StartFileAsync(File("{ type: bearer, credential: my-key }"), wishes, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal("Bearer from-env", (await api.RequestAsync("look")).Header("Authorization"));
    }

    [Fact]
    public async Task A_missing_credential_refuses_the_call_and_says_where_to_put_it()
    {
        await using var api = await DadlApi.StartFileAsync(File("{ type: bearer, credential: my_key }"), new DadlWishes { Auth = new BackendSettingsAuth() }, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Contains("CREDENTIAL_MY_KEY", await api.RefusalAsync("look"), StringComparison.Ordinal);
        Assert.Empty(api.Server.Requests);
    }

    [Fact]
    public async Task User_and_password_go_as_basic()
    {
        var wishes = new DadlWishes { Auth = new BackendSettingsAuth { Username = "ü", Password = new Secret("p:w") } };
        await using var api = await DadlApi.StartFileAsync(File("{ type: basic, username_credential: u, password_credential: p }"), wishes, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal("Basic w7w6cDp3", (await api.RequestAsync("look")).Header("Authorization"));
    }

    [Fact]
    public async Task A_whole_address_on_another_host_gets_no_credential_and_only_where_it_is_allowed()
    {
        const string Tools = "  tools:\n    there: { method: GET, path: \"https://elsewhere.invalid/x\", access: read, description: There }\n    look: { method: GET, path: /look, access: read, description: Look }\n";
        await using var closed = await DadlApi.StartFileAsync(File("{ type: bearer, credential: c }", Tools), null, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Contains("allowHosts", closed.Find("there").Rules!.Unavailable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_address_on_the_own_host_gets_the_credential_and_not_the_base_path()
    {
        var server = LoopbackServer.Answering(DadlApi.Json("{}"));
        await using var api = await DadlApi.StartFileAsync(
            File("{ type: bearer, credential: c }", $"  tools: {{ there: {{ method: GET, path: \"{server.Address.GetLeftPart(UriPartial.Authority)}/x\", access: read, description: There }} }}\n"), null, server);

        var request = await api.RequestAsync("there");

        Assert.Equal(("/x", "Bearer the-token"), (request.Target, request.Header("Authorization")));
    }

    [Fact]
    public async Task A_token_by_client_credentials_is_fetched_once_and_renewed_once_when_it_is_refused()
    {
        var tokens = 0;
        var server = LoopbackServer.Answering((request, _) => request.Target == "/token"
            ? DadlApi.Json($$"""{"access_token":"t{{Interlocked.Increment(ref tokens)}}","expires_in":3600}""")
            : DadlApi.Json("{}", request.Header("Authorization") == "Bearer t1" && tokens == 1 && request.Target.EndsWith("?again=", StringComparison.Ordinal) ? 401 : 200));
        var auth = $"{{ type: oauth2, token_url: \"{server.Address}token\", client_id_credential: cid, client_secret_credential: sec, scopes: [a, b] }}";
        var wishes = new DadlWishes { Auth = new BackendSettingsAuth { Keys = new Dictionary<string, Secret>(StringComparer.Ordinal) { ["cid"] = new("me"), ["sec"] = new("s&s") } } };
        await using var api = await DadlApi.StartFileAsync(
            File(auth, "  tools:\n    look: { method: GET, path: /look, access: read, description: Look }\n    again: { method: POST, path: \"/look?again\", access: write, description: Look }\n"), wishes, server);

        await api.DoneAsync("look");
        await api.DoneAsync("look");
        await api.DoneAsync("again");

        Assert.Equal(2, tokens);
        Assert.Equal("grant_type=client_credentials&scope=a%20b&client_id=me&client_secret=s%26s", api.Server.Requests.First().Body);
        Assert.Equal("Bearer t2", api.Server.Requests.Last().Header("Authorization"));
    }

    [Fact]
    public async Task A_session_is_opened_carried_and_opened_again()
    {
        var logins = 0;
        var server = LoopbackServer.Answering((request, _) => request.Target == "/base/login"
            ? DadlApi.Json("{\"data\":{\"ticket\":\"k" + Interlocked.Increment(ref logins) + "\"}}", 200, "Set-Cookie: sid=1; Path=/")
            : DadlApi.Json("{}", request.Header("X-Ticket") == "T k1" && logins == 1 && request.Target.EndsWith("expired", StringComparison.Ordinal) ? 401 : 200));
        const string Auth = """
            
                type: session
                login: { method: POST, path: /login, body: { user_credential: u, nested: { pass: "credential:p" } }, extract: { ticket: $.data.ticket } }
                inject: [ { header: X-Ticket, value: "T {{ticket}}" } ]
                refresh: { trigger: status_code_401, action: login }
            """;
        var wishes = new DadlWishes { Auth = new BackendSettingsAuth { Keys = new Dictionary<string, Secret>(StringComparer.Ordinal) { ["u"] = new("me"), ["p"] = new("pw") } } };
        await using var api = await DadlApi.StartFileAsync(File(Auth, "  tools: { look: { method: GET, path: /look, access: read, description: Look }, old: { method: GET, path: /expired, access: read, description: Old } }\n"), wishes, server);

        await api.DoneAsync("look");
        await api.DoneAsync("old");

        Assert.Equal(2, logins);
        Assert.Equal("""{"user":"me","nested":{"pass":"pw"}}""", server.Requests.First().Body);
        Assert.Equal(("T k2", "sid=1"), (server.Requests.Last().Header("X-Ticket"), server.Requests.Last().Header("Cookie")));
    }

    [Fact]
    public async Task Without_an_address_the_tools_are_there_and_each_call_says_what_is_missing()
    {
        await using var api = await DadlApi.StartFileAsync(File("{ type: bearer, credential: none }"), new DadlWishes { HasAddress = false }, LoopbackServer.Answering(DadlApi.Json("{}")));

        Assert.Equal("Backend api has no address; set url.", await api.RefusalAsync("look"));
    }
}
