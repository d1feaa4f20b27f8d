using Hypergate.Model;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Tools.Code;

/// <summary>Clients that end a request with the question and come back with the answer: once for each change of a script.</summary>
public sealed class ConsentAcrossRequestsTests : IAsyncLifetime
{
    private const string Tags = "const vms = await api.GetVms({ limit: 3 }); for (const vm of vms) await api.PutVmTag({ id: vm.id, tag: 'seen' }); return vms.length";

    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(CodeGateway.Wish);

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task The_answer_to_one_change_is_no_answer_to_the_next()
    {
        Question? last = null;
        for (var change = 0; change < 3; change++)
        {
            var question = (await Assert.ThrowsAsync<AnswerAwaitedException>(() => CallAsync(last))).Question;

            Assert.NotEqual(last?.Seal, question.Seal);
            Assert.Equal(change, Gateway.Changes.Count());
            last = question;
        }

        var done = (await CallAsync(last)).Structured!.Value;

        Assert.Equal(("3", 3), (done.Result, done.Count("completed_writes")));
        Assert.Equal(3, Gateway.Changes.Count());
    }

    [Fact]
    public async Task An_answer_that_comes_twice_is_asked_for_anew_and_agrees_to_nothing()
    {
        var first = (await Assert.ThrowsAsync<AnswerAwaitedException>(() => CallAsync(null))).Question;
        await Assert.ThrowsAsync<AnswerAwaitedException>(() => CallAsync(first));
        Assert.Single(Gateway.Changes);

        var again = await Record.ExceptionAsync(() => CallAsync(first));

        Assert.True(again is null or AnswerAwaitedException);
        Assert.Single(Gateway.Changes);
    }

    // What the protocol does: an answer that came with the request is given to whatever is asked, under the seal that came with it.
    private Task<Hypergate.Tools.ToolResult> CallAsync(Question? answered) => Gateway.CallAsync("execute_code", CodeGateway.Code(Tags), new(
        static _ => { },
        (question, _) => answered is null ? throw new AnswerAwaitedException(question) : Task.FromResult(new Answer(true, answered.Seal, "elicitation")))
    { Brought = answered?.Seal });
}
