using System.Security.Cryptography;
using System.Text;
using System.Web;
using Hypergate.Backends;
using Hypergate.Backends.Dadl;
using Hypergate.Descriptions.Dadl;
using Hypergate.Host.Credentials;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Tests.Backends.Http;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>Refresh tokens that rotate, and the consent that gives the first.</summary>
public sealed class DadlOAuthTests
{
    private static string File(Uri server, string more) => $$"""
        spec: "https://dadl.ai/spec/dadl-spec-v0.2.md"
        requires: { features: [refresh_token, refresh_token_rotation, authorization_code] }
        backend:
          name: small
          type: rest
          description: Small
          auth: { type: oauth2, token_url: "{{server}}token", client_id_credential: cid, refresh_token_credential: refresh, {{more}} }
          tools: { look: { method: GET, path: /look, access: read, description: Look } }

        """;

    [Fact]
    public async Task A_new_refresh_token_is_stored_and_used_by_the_next_start()
    {
        var issued = 1;
        var seen = new List<string>();
        var server = LoopbackServer.Answering((request, _) =>
        {
            if (request.Target != "/token")
            {
                return DadlApi.Json("{}");
            }

            var given = HttpUtility.ParseQueryString(request.Body)["refresh_token"]!;
            seen.Add(given);
            return given == $"r{issued}"
                ? DadlApi.Json($$"""{"access_token":"a{{issued}}","expires_in":10,"refresh_token":"r{{++issued}}"}""")
                : DadlApi.Json("""{"error":"invalid_grant"}""", 400);
        });
        await using var api = await DadlApi.StartFileAsync(File(server.Address, "flow: refresh_token, rotates_refresh_token: true"), Wishes, server);

        await api.DoneAsync("look");
        await api.DoneAsync("look");

        Assert.Equal(["r1", "r2"], seen);
        Assert.Equal("r3", Store(api).Find("api/refresh"));
        Assert.DoesNotContain("r3", System.IO.File.ReadAllText(Path.Combine(api.Folder, "secrets.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_process_stored_is_tried_before_giving_up()
    {
        var server = LoopbackServer.Answering((request, _) => request.Target != "/token" ? DadlApi.Json("{}")
            : request.Body.Contains("refresh_token=newer", StringComparison.Ordinal) ? DadlApi.Json("""{"access_token":"a"}""")
            : DadlApi.Json("""{"error":"invalid_grant"}""", 400));
        await using var api = await DadlApi.StartFileAsync(File(server.Address, "flow: refresh_token, rotates_refresh_token: true"), Wishes, server);

        Assert.Contains("invalid_grant", await api.RefusalAsync("look"), StringComparison.Ordinal);
        await Store(api).SetAsync("api/refresh", "newer", TimeProvider.System, TestContext.Current.CancellationToken);

        await api.DoneAsync("look");
    }

    [Fact]
    public async Task A_token_that_cannot_be_stored_is_not_used()
    {
        var server = LoopbackServer.Answering((request, _) => request.Target == "/token" ? DadlApi.Json("""{"access_token":"a","refresh_token":"r2"}""") : DadlApi.Json("{}"));
        await using var api = await DadlApi.StartFileAsync(File(server.Address, "flow: refresh_token, rotates_refresh_token: true"), Wishes, server);
        await System.IO.File.WriteAllTextAsync(Path.Combine(api.Folder, "secrets.json"), "broken", TestContext.Current.CancellationToken);

        Assert.Contains("cannot be stored", await api.RefusalAsync("look"), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, static request => request.Target.EndsWith("/look", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Consent_begins_with_a_challenge_and_ends_with_a_stored_token()
    {
        var server = LoopbackServer.Answering((request, _) => request.Target == "/token" && request.Body.Contains("grant_type=authorization_code", StringComparison.Ordinal)
            ? DadlApi.Json("""{"access_token":"a","refresh_token":"first"}""") : DadlApi.Json("""{"error":"invalid_grant"}""", 400));
        await using var api = await DadlApi.StartFileAsync(
            File(server.Address, $"flow: authorization_code, authorize_url: \"{server.Address}authorize?tenant=1\", scopes: [a, b], authorization_params: {{ access_type: offline }}"), Wishes, server);
        var options = api.Gateway.Backends[0].Options;
        var oauth = DadlReader.Read(System.IO.File.ReadAllBytes(options.Kind.DescriptionFile!)).Document!.Auth.OAuth!;
        using var client = new PlatformClient(options, TimeProvider.System);
        var names = new CredentialNames("api", (Credential.Several)options.Credential);
        var consent = new OAuthConsent(oauth, names, new OAuthEndpoint(oauth, names, client, TimeProvider.System), new Uri("http://127.0.0.1:5000/callback"));

        Assert.Contains("hypergate backend login api", await api.RefusalAsync("look"), StringComparison.Ordinal);
        var (page, _) = consent.Begin();
        Assert.Null(await consent.EndAsync("the-code", TestContext.Current.CancellationToken));

        var asked = HttpUtility.ParseQueryString(page!.Query);
        var sent = HttpUtility.ParseQueryString(server.Requests.Last().Body);
        Assert.Equal(("1", "code", "me", "a b", "offline", "S256"), (asked["tenant"], asked["response_type"], asked["client_id"], asked["scope"], asked["access_type"], asked["code_challenge_method"]));
        Assert.Equal(asked["code_challenge"], System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(sent["code_verifier"]!))));
        Assert.Equal(("the-code", "http://127.0.0.1:5000/callback"), (sent["code"], sent["redirect_uri"]));
        Assert.Equal("first", Store(api).Find("api/refresh"));
    }

    private static DadlWishes Wishes => new()
    {
        Auth = new BackendSettingsAuth { Keys = new Dictionary<string, Secret>(StringComparer.Ordinal) { ["cid"] = new("me"), ["refresh"] = new("r1") } },
    };

    private static SecretStore Store(DadlApi api) => new(new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = api.Folder, Home = api.Folder }, api.Folder);
}
