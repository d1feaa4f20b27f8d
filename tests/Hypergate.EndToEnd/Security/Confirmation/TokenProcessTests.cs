using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.Confirmation;

/// <summary>Tokens of previews, over the wire.</summary>
[Trait("Suite", "S9")]
[Trait("Rule", "R-CONFIRM")]
[Trait("Aisvs", "10.2.5")]
[Trait("Mcp", "MCP06")]
public sealed class TokenProcessTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_twenty_calls_on_the_wire_at_once_with_one_token_one_writes()
    {
        await using var xo = await Xo.StartAsync();
        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        var vm = (await session.HaltedAsync(1))[0];
        var call = $$"""{"operation":"PutVmTag","id":"{{vm}}","tag":"one"}""";
        var token = Answers.Token((await session.CallAsync("vms_action", call)).Text);

        var ids = new List<int>();
        for (var number = 0; number < 20; number++)
        {
            ids.Add(await session.RequestAsync("tools/call", $$$"""{"name":"vms_action","arguments":{{{call[..^1]}}},"confirm_token":"{{{token}}}"}}"""));
        }

        var answers = new List<bool>();
        foreach (var id in ids)
        {
            answers.Add((await session.AnswerAsync(id)).IsToolError);
        }

        Assert.Single(answers, static isError => !isError);
        Assert.Single(xo.Writes);
    }

    [Fact]
    public async Task A_token_of_an_earlier_process_is_worth_nothing()
    {
        await using var xo = await Xo.StartAsync();
        string call, token;
        await using (var before = StdioSession.Start(_folder, Xo.Acting(xo)))
        {
            await before.StartWorkAsync();
            call = $$"""{"operation":"PutVmTag","id":"{{(await before.HaltedAsync(1))[0]}}","tag":"one"}""";
            token = Answers.Token((await before.CallAsync("vms_action", call)).Text);
        }

        await using var session = StdioSession.Start(_folder, Xo.Acting(xo));
        await session.StartWorkAsync();
        var answer = await session.CallAsync("vms_action", $$"""{{call[..^1]}},"confirm_token":"{{token}}"}""");

        Assert.True(answer.IsToolError);
        Assert.Empty(xo.Writes);
    }
}
