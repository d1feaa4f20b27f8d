using System.Net;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>Addresses end in logs and histories, so that no credential is taken from there.</summary>
[Trait("Suite", "S5")]
[Trait("Rule", "R-OAUTH")]
public sealed class CredentialsInQueryTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_credential_in_the_query_is_not_looked_at_and_beside_another_it_is_one_too_many()
    {
        await using var xo = await Xo.StartAsync();
        var key = (await CommandRun.DoneAsync(_folder, "keys", "create", "--name", "a", "--role", "viewer"));
        await using var program = await ServedProgram.StartReadyAsync(_folder, Xo.Reading(xo));
        async Task<HttpStatusCode> AtAsync(string query, bool withKey) =>
            (await program.GetAsync($"/metrics?{query}", headers => headers.TryAddWithoutValidation(withKey ? "X-API-Key" : "X-Nothing", key))).StatusCode;

        foreach (var query in new[] { $"access_token={key}", $"api_key={key}", "ACCESS_TOKEN=x", $"anything={key}" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AtAsync(query, withKey: false));
            Assert.Equal(HttpStatusCode.BadRequest, await AtAsync(query, withKey: true));
        }

        Assert.Equal(HttpStatusCode.OK, await AtAsync("surfaces=search", withKey: true));
    }
}
