using System.Text.Json;
using Hypergate.Governance.Gates;
using Hypergate.Host.Approvals;
using Hypergate.Model;

namespace Hypergate.Tests.Governance.Gates;

/// <summary>Calls that a gate reports: once, when they are over, and without what is in them.</summary>
public sealed class GateNewsTests
{
    private static readonly Outcome Done = new Outcome.Done(JsonElement.Parse("\"secret answer\""));
    private static readonly Outcome Refused = new Outcome.Refused("arguments", "no such thing");
    private static readonly Outcome Unconfirmed = new Outcome.Unconfirmed("a preview");

    public static TheoryData<string, Outcome, int> Ends => new()
    {
        { """{"name":"g","before":{"notify":"webhook"}}""", Done, 1 },
        { """{"name":"g","before":{"notify":"webhook"}}""", Refused, 1 },
        { """{"name":"g","before":{"notify":"webhook"}}""", Unconfirmed, 0 },
        { """{"name":"g","after":{"notify":"webhook"}}""", Done, 1 },
        { """{"name":"g","after":{"notify":"webhook"}}""", Refused, 0 },
        { """{"name":"g","before":{"notify":"webhook"},"after":{"notify":"webhook"}}""", Done, 1 },
        { """{"name":"g","shadow":true,"before":{"notify":"webhook"}}""", Done, 0 },
        { """{"name":"g","before":{"limit":{"count":9}}}""", Done, 0 },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_call_is_reported_when_it_is_over(string gate, Outcome end, int reports)
    {
        var told = await RunAsync(gate, end);

        Assert.Equal(reports, told.Count);
        Assert.All(told, news => Assert.Equal(("g", "StartVm", end), (news.Gate, news.Call.Operation.Name, news.Outcome)));
    }

    [Fact]
    public async Task A_refusal_of_the_gate_itself_is_reported_with_its_reason()
    {
        var news = Assert.Single(await RunAsync("""{"name":"g","before":{"deny":"not now","notify":"webhook"}}""", Done));
        var body = JsonElement.Parse(GateNotice.Body(news, DateTimeOffset.UnixEpoch));

        Assert.Equal("gate.call", body.GetProperty("event").GetString());
        Assert.Equal(("anna", "xo", "StartVm", "write", "refused", "gates"), (Text("caller"), Text("backend"), Text("operation"), Text("access"), Text("outcome"), Text("policy")));
        Assert.Contains("not now", Text("reason"), StringComparison.Ordinal);
        Assert.Equal("1970-01-01T00:00:00Z", Text("at"));

        string? Text(string name) => body.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Neither_arguments_nor_answers_are_told()
    {
        var news = Assert.Single(await RunAsync("""{"name":"g","before":{"notify":"webhook"}}""", Done));

        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(GateNotice.Body(news, DateTimeOffset.UnixEpoch)), StringComparison.Ordinal);
    }

    private static async Task<List<GateNews>> RunAsync(string gate, Outcome end)
    {
        var told = new List<GateNews>();
        var settings = JsonSerializer.Deserialize<GateSettings>(gate, JsonSerializerOptions.Web)!;
        var step = new GateStep([new DeclaredGate(settings, new GateCounter(new ManualTime()))], [], new GateRecords(null, told.Add), static _ => ("xen-orchestra", Access.Write), new ManualTime());
        await step.InvokeAsync(Call, (_, _) => Task.FromResult(end), TestContext.Current.CancellationToken);
        return told;
    }

    private static Call Call => new()
    {
        Backend = "xo",
        Operation = new() { Name = "StartVm", DeclaredName = "StartVm", Domain = "vms", Title = "", Method = "POST", Path = "/", Access = Access.Write },
        Caller = new Caller("anna", ["operator"]),
        Arguments = JsonElement.Parse("""{"id":"secret argument"}"""),
        Tool = "test",
    };
}
