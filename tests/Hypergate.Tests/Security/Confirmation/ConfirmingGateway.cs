using System.Text.Json;
using Hypergate.Model;
using Hypergate.Tests.Host;
using Hypergate.Tools;

namespace Hypergate.Tests.Security.Confirmation;

/// <summary>A gateway with actions, in front of a data centre that is large enough for every case to take guests of its own.</summary>
public sealed class ConfirmingGateway : IAsyncLifetime
{
    private readonly Queue<string> _halted = new();
    private GatewayUnderTest? _gateway;

    internal ManualTime Time { get; } = new();

    internal GatewayUnderTest Gateway => _gateway!;

    public async ValueTask InitializeAsync()
    {
        var wish = new GatewayWish { Actions = true, Time = Time };
        _gateway = await GatewayUnderTest.StartAsync(wish with { Platform = wish.Platform with { Vms = 400 } });
        foreach (var id in await Gateway.IdsAsync("vms_query", "GetVms", "power_state:Halted"))
        {
            _halted.Enqueue(id);
        }
    }

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    /// <summary>A halted guest that no other case touches.</summary>
    internal string NextVm() => _halted.Dequeue();

    /// <summary>The requests that change something and name the guest.</summary>
    internal IEnumerable<string> Writes(string vm) => Gateway.Changes.Where(change => change.Contains(vm, StringComparison.Ordinal));

    internal Task<ToolResult> CallAsync(string tool, string arguments) => Gateway.CallAsync(tool, arguments);

    internal Task<ToolResult> CallAsAsync(Caller caller, string tool, string arguments) => Gateway.Tool(tool).Run(
        new ToolRequest(caller, JsonElement.Parse(arguments), Conversation.Silent), TestContext.Current.CancellationToken);

    /// <summary>Changes a guest behind the gateway's back.</summary>
    internal void Change(string vm, string property, string value) => Gateway.Xo.World.Write(() =>
    {
        Gateway.Xo.World["vms"].Change(vm, item => item[property] = value);
        return true;
    });

    /// <summary>Runs a tool for a client that can ask: without an answer it is left with the question.</summary>
    internal async Task<(ToolResult? Result, Question? Asked)> AskAsync(
        string tool, string arguments, Func<Question, Answer>? answer = null, Caller? caller = null)
    {
        Question? asked = null;
        var conversation = new Conversation(static _ => { }, (question, _) =>
        {
            asked = question;
            return answer is null ? throw new AnswerAwaitedException(question) : Task.FromResult(answer(question));
        });
        try
        {
            var request = new ToolRequest(caller ?? Caller.LocalUser, JsonElement.Parse(arguments), conversation);
            return (await Gateway.Tool(tool).Run(request, TestContext.Current.CancellationToken), asked);
        }
        catch (AnswerAwaitedException)
        {
            return (null, asked);
        }
    }
}
