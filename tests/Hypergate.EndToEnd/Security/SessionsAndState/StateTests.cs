using System.Net;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Security.SessionsAndState;

/// <summary>
/// Suite S7: everything with an id that a caller gets from the gateway, in the hands of another caller, with a byte changed, used twice, or
/// after its end. It answers as an id that never was, and nothing happens.
/// </summary>
[Trait("Suite", "S7")]
[Trait("Rule", "R-OWN")]
[Trait("Aisvs", "10.2.6")]
[Trait("Mcp", "MCP07")]
public sealed class StateTests(StateWorld world) : IClassFixture<StateWorld>
{
    public static IReadOnlyList<string> Handles { get; } = ["session", "task", "confirmation", "question", "approval", "plan", "paused run", "kept result"];

    public static TheoryData<string> Cases => [.. Handles];

    [Fact]
    public void The_suite_is_complete() => Assert.Equal(16, Cases.Count * new[] { nameof(Another_caller_is_answered_as_with_an_id_that_never_was), nameof(A_changed_or_used_or_ended_one_is_good_for_nothing) }.Length);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Another_caller_is_answered_as_with_an_id_that_never_was(string name)
    {
        var handle = StateHandle.Of(name, world);
        var id = await handle.Get(world.Anna);

        var stolen = await handle.Use(world.Bob, id);
        var invented = await handle.Use(world.Bob, StateHandle.Invented(id));

        Assert.Equal(Plain(invented, StateHandle.Invented(id)), Plain(stolen, id));
        Assert.Empty(world.Xo.Writes);
        Assert.NotEqual(Plain(stolen, id), Plain(await handle.Use(world.Anna, id), id));
        world.Forget();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_changed_or_used_or_ended_one_is_good_for_nothing(string name)
    {
        var handle = StateHandle.Of(name, world);
        var id = await handle.Get(world.Anna);
        var invented = StateHandle.Invented(id);
        var unknown = await handle.Use(world.Anna, invented);

        foreach (var changed in (string[])[id[..^1] + (id[^1] == '0' ? '1' : '0'), id + "0", id[..^1]])
        {
            Assert.Equal(StateHandle.IsRefused(unknown), StateHandle.IsRefused(await handle.Use(world.Anna, changed)));
        }

        Assert.True(StateHandle.IsRefused(unknown), unknown.Body);
        Assert.Empty(world.Xo.Writes);
        if (handle.End is { } end)
        {
            // A token that was shown a wrong neighbour may be spent by that; a new one is ended by its use.
            id = await handle.Get(world.Anna);
            await end(world.Anna, id);
            var writes = world.Xo.Writes.Count;
            Assert.True(StateHandle.IsRefused(await handle.Use(world.Anna, id)));
            Assert.Equal(writes, world.Xo.Writes.Count);
        }

        world.Forget();
    }

    private static (HttpStatusCode Status, string Body) Plain(McpReply reply, string id) =>
        (reply.Status, StateHandle.Changing().Replace(reply.Body.Replace(JsonEncodedText.Encode(id).Value, "ID", StringComparison.Ordinal), ""));
}
