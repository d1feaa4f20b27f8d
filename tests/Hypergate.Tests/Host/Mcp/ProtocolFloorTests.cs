using System.Text.Json.Nodes;
using Hypergate.Host.Mcp;
using ModelContextProtocol.Protocol;

namespace Hypergate.Tests.Host.Mcp;

/// <summary>Suite S7: no client talks the gateway down to a revision that its operator has ruled out.</summary>
[Trait("Suite", "S7")]
public sealed class ProtocolFloorTests
{
    [Theory]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-06-18", "2025-11-25")]
    [InlineData("2025-06-18", "2099-01-01")]
    [InlineData(null, "2024-11-05")]
    public void A_revision_that_is_not_older_passes(string? minimum, string asked) => Assert.Null(new ProtocolFloor(minimum).Refusal(Initialize(asked)));

    [Theory]
    [InlineData("2025-06-18", "2025-03-26", "2025-06-18 2025-11-25 2026-07-28")]
    [InlineData("2025-06-18", "1999-01-01", "2025-06-18 2025-11-25 2026-07-28")]
    [InlineData("2025-06-18", null, "2025-06-18 2025-11-25 2026-07-28")]
    [InlineData("2026-07-28", "2025-11-25", "2026-07-28")]
    [InlineData("2026-07-28", "2026-07-28", "2026-07-28")]
    public void An_older_one_is_refused_with_those_that_there_are(string minimum, string? asked, string spoken)
    {
        var refusal = new ProtocolFloor(minimum).Refusal(Initialize(asked));

        Assert.NotNull(refusal);
        Assert.Equal(spoken.Split(' '), refusal.Supported);
        Assert.Equal(asked ?? "", refusal.Requested);
        Assert.Contains($"minimumProtocolVersion: {minimum}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_begins_no_conversation_is_not_asked() => Assert.Null(new ProtocolFloor("2026-07-28").Refusal(new JsonRpcRequest { Id = new RequestId(1), Method = "tools/list" }));

    private static JsonRpcRequest Initialize(string? version) => new() { Id = new RequestId(1), Method = "initialize", Params = version is null ? [] : new JsonObject { ["protocolVersion"] = version } };
}
