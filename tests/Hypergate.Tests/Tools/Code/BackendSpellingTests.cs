using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>A backend may be named in arguments as scripts write it.</summary>
public sealed class BackendSpellingTests
{
    private static readonly GatewayWish Dashed = CodeGateway.Wish with { Backend = static backend => backend with { Name = $"{backend.Name}-paris" } };

    [Theory]
    [InlineData("xo2-paris")]
    [InlineData("xo2_paris")]
    [InlineData("XO2_Paris")]
    public async Task The_backend_is_found_in_every_spelling_that_scripts_have(string name)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Dashed with { Backends = 2 });

        Assert.Contains("xo2_paris", (await gateway.DoneAsync("discover_tools", $$"""{"backend":"{{name}}","detail":"names"}""")).Text, StringComparison.Ordinal);
        Assert.Equal("\"ok\"", (await gateway.RunAsync("await api.GetVms(); return 'ok'", $",\"backend\":\"{name}\"")).Result);
        Assert.Equal("\"ok\"", (await gateway.RunAsync($"await api['{name}'].GetVms(); return 'ok'")).Result);
    }

    [Theory]
    [InlineData(1, "xo-paris")]
    [InlineData(2, "xo1-paris, xo2-paris")]
    public async Task One_that_is_not_there_is_answered_with_those_that_are(int backends, string known)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Dashed with { Backends = backends });

        foreach (var tool in (string[])["list_tools", "execute_code"])
        {
            var answer = await gateway.CallAsync(tool, """{"backend":"paris","code":"return 1"}""");

            Assert.True(answer.IsError);
            Assert.Contains($"no backend 'paris'; it is one of {known}.", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_only_backend_may_be_named_as_well()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Dashed);

        Assert.Contains("vms", (await gateway.DoneAsync("list_tools", """{"backend":"xo_paris","detail":"names"}""")).Text, StringComparison.Ordinal);
    }
}
