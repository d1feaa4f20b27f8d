using System.Net.Http.Headers;

namespace Hypergate.Tests.Simulator;

public class AuthenticationTests
{
    [Fact]
    public async Task Both_cookies_and_a_password_let_the_administrator_in()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var token = xo.Simulator.Token;

        Assert.Equal(200, (await AskAsync(xo, "/pools", cookie: $"authenticationToken={token}")).Status);
        Assert.Equal(200, (await AskAsync(xo, "/pools", cookie: $"other=1; token={token}")).Status);
        Assert.Equal(200, (await xo.SendAsAsync($"admin:{xo.Simulator.AdminPassword}", "GET", "/pools")).Status);
    }

    [Fact]
    public async Task Nobody_in_particular_is_asked_for_a_password_on_private_routes_only()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var refused = await AskAsync(xo, "/vms");
        Assert.Equal(401, refused.Status);
        Assert.Equal("invalid credentials", refused.Error);
        Assert.Equal("Basic realm=\"xo\"", refused.Response.Headers.WwwAuthenticate.ToString());
        foreach (var path in (string[])["/ping", "/gui-routes", "/mcp/status", "/docs/swagger.json"])
        {
            Assert.Equal(200, (await AskAsync(xo, path)).Status);
        }
    }

    [Fact]
    public async Task A_bad_token_is_refused_even_where_none_is_needed()
    {
        await using var xo = await SimulatedXo.StartAsync();

        foreach (var path in (string[])["/pools", "/ping", "/mcp/status", "/docs/swagger.json"])
        {
            Assert.Equal(401, (await AskAsync(xo, path, cookie: "authenticationToken=not-a-token")).Status);
        }
    }

    [Fact]
    public async Task Two_credentials_and_half_a_credential_are_bad_requests()
    {
        await using var xo = await SimulatedXo.StartAsync();

        var both = await AskAsync(xo, "/pools", $"token={xo.Simulator.Token}", SimulatedXo.Basic("admin:admin").ToString());
        Assert.Equal((400, "Having multiple authentication methods is not supported, please choose one"), (both.Status, both.Error));
        var half = await AskAsync(xo, "/pools", authorization: "Basic");
        Assert.Equal((400, "Malformed Authorization header"), (half.Status, half.Error));
    }

    [Fact]
    public async Task A_bearer_token_is_read_as_a_name_without_a_password()
    {
        await using var xo = await SimulatedXo.StartAsync();

        Assert.Equal(401, (await AskAsync(xo, "/pools", authorization: $"Bearer {xo.Simulator.Token}")).Status);
    }

    [Fact]
    public async Task A_password_ends_at_its_colon()
    {
        await using var xo = await SimulatedXo.StartAsync();

        Assert.Equal(200, (await xo.SendAsAsync($"admin:{xo.Simulator.AdminPassword}:more", "GET", "/pools")).Status);
    }

    [Fact]
    public async Task After_a_wrong_password_the_name_must_wait_two_seconds_even_with_the_right_one()
    {
        var time = new ManualTime();
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small, time);
        var right = $"admin:{xo.Simulator.AdminPassword}";

        Assert.Equal(401, (await xo.SendAsAsync("admin:wrong", "GET", "/pools")).Status);
        var tooFast = await xo.SendAsAsync(right, "GET", "/pools");
        Assert.Equal((500, "too fast authentication tries"), (tooFast.Status, tooFast.Error));
        Assert.Equal(200, (await xo.SendAsAsync("alice:alice-pass", "GET", "/pools")).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await xo.SendAsAsync(right, "GET", "/pools")).Status);
    }

    [Fact]
    public async Task A_token_can_be_made_listed_used_and_expires()
    {
        var time = new ManualTime();
        await using var xo = await SimulatedXo.StartAsync(SimulatedXo.Small, time);
        var me = await xo.IdAsync("users", "email:/^admin$/");

        var made = await xo.SendAsync(
            "POST", $"/users/{me}/authentication_tokens", """{"client":{"id":"hypergate"},"description":"doc","expiresIn":"1 hour"}""");
        Assert.Equal(201, made.Status);
        var token = made.Json["token"]!;
        Assert.Equal(3_600_000, token["expiration"]!.GetValue<long>() - token["created_at"]!.GetValue<long>());
        Assert.Equal("client created_at description id user_id expiration", string.Join(' ', token.AsObject().Select(p => p.Key)));
        var cookie = $"authenticationToken={token["id"]}";
        Assert.Equal(200, (await AskAsync(xo, "/pools", cookie)).Status);
        Assert.Equal(2, (await xo.GetAsync($"/users/{me}/authentication_tokens")).Json.AsArray().Count);
        Assert.Single((await xo.GetAsync($"/users/{me}/authentication_tokens?filter=description:doc")).Json.AsArray());

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, (await AskAsync(xo, "/pools", cookie)).Status);
    }

    [Theory]
    [InlineData("\"30 seconds\"", "invalid expiresIn duration: 30 seconds")]
    [InlineData("\"2 years\"", "too high expiresIn duration: 2 years")]
    public async Task The_life_of_a_token_has_limits(string life, string error)
    {
        await using var xo = await SimulatedXo.StartAsync();
        var me = await xo.IdAsync("users", "email:/^admin$/");

        var refused = await xo.SendAsync("POST", $"/users/{me}/authentication_tokens", $$"""{"expiresIn":{{life}}}""");
        Assert.Equal((500, error), (refused.Status, refused.Error));
    }

    [Fact]
    public async Task Tokens_of_others_are_nobodys_business()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var alice = await xo.IdAsync("users", "email:/^alice$/");

        Assert.Equal(403, (await xo.SendAsync("POST", $"/users/{alice}/authentication_tokens", "{}")).Status);
        Assert.Equal(403, (await xo.GetAsync($"/users/{alice}/authentication_tokens")).Status);
    }

    [Fact]
    public async Task Me_is_redirected_without_a_query_and_unknown_with_one()
    {
        await using var xo = await SimulatedXo.StartAsync();
        var me = await xo.IdAsync("users", "email:/^admin$/");

        var moved = await xo.GetAsync("/users/me/groups");
        Assert.Equal((307, $"/rest/v0/users/{me}/groups"), (moved.Status, moved.Location));
        Assert.Equal("text/plain; charset=utf-8", moved.ContentType);
        Assert.Equal($"Temporary Redirect. Redirecting to /rest/v0/users/{me}/groups", moved.Text);
        var lost = await xo.GetAsync("/users/me?fields=id");
        Assert.Equal((404, "no such user me"), (lost.Status, lost.Error));
    }

    private static Task<Reply> AskAsync(SimulatedXo xo, string path, string? cookie = null, string? authorization = null) =>
        xo.SendAsync("GET", path, null, headers => Add(headers, cookie, authorization));

    private static void Add(HttpRequestHeaders headers, string? cookie, string? authorization)
    {
        if (cookie is not null)
        {
            headers.Add("Cookie", cookie);
        }

        if (authorization is not null)
        {
            headers.TryAddWithoutValidation("Authorization", authorization);
        }
    }
}
