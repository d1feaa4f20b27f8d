using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Backends.Http;
using Hypergate.Host.Authentication.OAuth;

namespace Hypergate.Tests.Security.OAuth;

[Trait("Suite", "S5")]
[Trait("Rule", "R-OAUTH")]
public sealed class IssuerKeysTests : IDisposable
{
    private readonly TestIssuer _issuer = new();
    private readonly ManualTime _time = new();
    private readonly IssuerKeys _keys;
    private string _id = "r1";
    private JsonObject? _set;
    private bool _isAway;
    private int _fetches;

    public IssuerKeysTests() => _keys = new(
        _ =>
        {
            _fetches++;
            return _isAway ? throw new HttpRequestException("away") : Task.FromResult(JsonElement.Parse((_set ?? _issuer.Set(_id)).ToJsonString()));
        },
        _time);

    public void Dispose()
    {
        _keys.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public async Task Keys_are_kept_and_a_new_one_is_found()
    {
        Assert.True(await SignedAsync("r1"));
        Assert.True(await SignedAsync("r1"));
        Assert.Equal(1, _fetches);

        _id = "r2";
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await SignedAsync("r2"));
        Assert.False(await SignedAsync("r1"));
        Assert.Equal(2, _fetches);
    }

    [Theory]
    [InlineData("r1")]
    [InlineData(null)]
    public async Task A_new_key_without_a_new_name_is_found(string? name)
    {
        using var before = new TestIssuer();
        _set = before.Set("r1");
        Assert.False(await SignedAsync(name));

        _set = null;
        Assert.False(await SignedAsync(name));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await SignedAsync(name));
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task Forged_names_of_keys_do_not_make_us_ask_without_end()
    {
        await SignedAsync("r1");
        for (var number = 0; number < 50; number++)
        {
            Assert.False(await SignedAsync($"forged-{number}"));
        }

        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task An_issuer_that_is_away_costs_nothing_for_a_day()
    {
        await SignedAsync("r1");
        _isAway = true;
        _time.Advance(TimeSpan.FromHours(20));
        Assert.True(await SignedAsync("r1"));

        _time.Advance(TimeSpan.FromHours(5));
        await Assert.ThrowsAsync<HttpRequestException>(() => SignedAsync("r1"));
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b:1::1", false)]
    [InlineData("2001:0:1::1", false)]
    [InlineData("2a00::5efe:10.0.0.1", false)]
    [InlineData("1.1.1.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::101:101", true)]
    public void Only_addresses_of_the_open_internet_are_public(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    private Task<bool> SignedAsync(string? key) =>
        _keys.SignedAsync(Jwt.TryRead(_issuer.Token(new JsonObject { ["sub"] = "a" }, keyId: key))!, TestContext.Current.CancellationToken);
}
