using System.Text.Json.Nodes;
using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Security.TokenPassthrough;

/// <summary>Suite S6: which credential reaches a platform follows from the caller, and is never another's.</summary>
[Trait("Suite", "S6")]
[Trait("Rule", "R-PASS")]
[Trait("Mcp", "MCP01")]
public sealed class OwnCredentialsTests : IDisposable
{
    private const string AnnasToken = "annas-own-token-0123456789";
    private const string Call = """{"operation":"GetPools","fields":"id"}""";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"hypergate-token-{Guid.NewGuid():n}");

    private Caller Anna => new("key:anna", ["viewer"]) { Credentials = new Dictionary<string, string>(StringComparer.Ordinal) { ["xo"] = $"file:{_file}" } };

    private static Caller Bob => new("key:bob", ["viewer"]);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task The_platform_sees_the_person_and_others_never_go_under_that_name()
    {
        await using var gateway = await StartAsync("shared");

        Assert.False((await gateway.CallAsAsync(Anna, "pools_query", Call))!.IsError);
        Assert.Equal($"authenticationToken={AnnasToken}", gateway.Xo.Requests.All[^1].Headers["Cookie"]);
        Assert.False((await gateway.CallAsAsync(Bob, "pools_query", Call))!.IsError);
        Assert.Equal($"authenticationToken={gateway.Xo.Token}", gateway.Xo.Requests.All[^1].Headers["Cookie"]);
        Assert.DoesNotContain(AnnasToken, await File.ReadAllTextAsync(Directory.EnumerateFiles(gateway.AuditFolder, "*.jsonl").Single(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_cannot_be_found_is_a_refusal_and_not_the_shared_one()
    {
        await using var gateway = await StartAsync("shared");
        File.Delete(_file);
        var before = gateway.Xo.Requests.Count;

        var result = await gateway.CallAsAsync(Anna, "pools_query", Call);

        Assert.True(result!.IsError);
        Assert.Contains("The credential of key:anna", result.Text, StringComparison.Ordinal);
        Assert.Equal(before, gateway.Xo.Requests.Count);
    }

    [Fact]
    public async Task Where_everybody_needs_their_own_others_are_refused_and_the_person_at_the_machine_is_not()
    {
        await using var gateway = await StartAsync("per-caller");

        var bob = await gateway.CallAsAsync(Bob, "pools_query", Call);

        Assert.Contains("takes each caller's own credential", bob!.Text, StringComparison.Ordinal);
        Assert.False((await gateway.CallAsync("pools_query", Call)).IsError);
        Assert.False((await gateway.CallAsAsync(Anna, "pools_query", Call))!.IsError);
    }

    [Fact]
    public async Task A_refusal_by_the_platform_shows_no_token()
    {
        await using var gateway = await StartAsync("shared");
        await File.WriteAllTextAsync(_file, "a-token-that-nobody-knows", TestContext.Current.CancellationToken);

        var result = await gateway.CallAsAsync(Anna, "pools_query", Call);

        Assert.True(result!.IsError);
        Assert.DoesNotContain("a-token-that-nobody-knows", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_program_gave_is_asked_for_again_when_the_platform_refuses_it()
    {
        await using var gateway = await StartAsync("shared", _file + ".sh");
        await File.WriteAllTextAsync(_file + ".sh", $"echo x >> {_file}.count; printf '{{\"value\":\"%s\"}}' \"$(cat {_file})\"", TestContext.Current.CancellationToken);
        var anna = Anna with { Credentials = new Dictionary<string, string>(StringComparer.Ordinal) { ["xo"] = "exec:anna" } };
        await File.WriteAllTextAsync(_file, "an-old-token-0123456789", TestContext.Current.CancellationToken);
        Assert.True((await gateway.CallAsAsync(anna, "pools_query", Call))!.IsError);
        Assert.Equal(2, (await File.ReadAllLinesAsync($"{_file}.count", TestContext.Current.CancellationToken)).Length); // It gave the same again, so nothing was sent twice.

        await File.WriteAllTextAsync(_file, AnnasToken, TestContext.Current.CancellationToken);
        var result = await gateway.CallAsAsync(anna, "pools_query", Call);

        Assert.False(result!.IsError, result.Text);
        Assert.Equal($"authenticationToken={AnnasToken}", gateway.Xo.Requests.All[^1].Headers["Cookie"]);
        Assert.False((await gateway.CallAsAsync(anna, "pools_query", Call))!.IsError);
        Assert.Equal(3, (await File.ReadAllLinesAsync($"{_file}.count", TestContext.Current.CancellationToken)).Length);
        File.Delete($"{_file}.count");
        File.Delete($"{_file}.sh");
    }

    private async Task<GatewayUnderTest> StartAsync(string credentials, string? program = null)
    {
        var gateway = await GatewayUnderTest.StartAsync(new GatewayWish
        {
            Backend = backend => backend with { Credentials = credentials },
            Credentials = new() { Exec = program is null ? [] : ["/bin/sh", program] },
        });
        await File.WriteAllTextAsync(_file, AnnasToken, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        gateway.Xo.World.Write(() =>
        {
            var user = gateway.Xo.World["users"].All.First(static user => user["permission"]?.GetValue<string>() == "admin")["id"]!.GetValue<string>();
            gateway.Xo.World["authentication-tokens"].Add(new JsonObject { ["id"] = AnnasToken, ["user_id"] = user });
            return true;
        });
        return gateway;
    }
}
