using Hypergate.Model;
using Hypergate.Simulator.Faults;
using Hypergate.Tools;

namespace Hypergate.Tests.Host;

/// <summary>Consent to one exact call: previews, tokens, questions, and everything that must not count as a yes.</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private GatewayUnderTest? _started;

    private GatewayUnderTest Gateway => _started!;

    public async ValueTask InitializeAsync() => _started = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Time = _time, Backends = 2 });

    public async ValueTask DisposeAsync() => await Gateway.DisposeAsync();

    [Fact]
    public async Task A_preview_names_object_state_place_operation_class_method_path_and_body()
    {
        var id = await VmAsync("Running");
        var name = await NameAsync(id);
        var preview = await Gateway.DoneAsync("vms_action", Snapshot(id));

        Assert.Contains("## Confirmation Required", preview.Text, StringComparison.Ordinal);
        Assert.Contains($"**Object:** VM '{name}' (Running, host ", preview.Text, StringComparison.Ordinal);
        Assert.Contains($"id {id})", preview.Text, StringComparison.Ordinal);
        Assert.Contains("**Operation:** SnapshotVm", preview.Text, StringComparison.Ordinal);
        Assert.Contains("**Backend:** xo1", preview.Text, StringComparison.Ordinal);
        Assert.Contains("**Class:** write", preview.Text, StringComparison.Ordinal);
        Assert.Contains("**Method:** POST", preview.Text, StringComparison.Ordinal);
        Assert.Contains($"**Path:** /vms/{id}/actions/snapshot", preview.Text, StringComparison.Ordinal);
        Assert.Contains("**Body:** {\"name_label\":\"before\"}", preview.Text, StringComparison.Ordinal);
        Assert.Equal("confirmation_required", preview.Structured!.Value.GetProperty("status").GetString());
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task The_preview_of_a_deletion_tells_what_is_lost()
    {
        var preview = await Gateway.DoneAsync("vms_action", Arguments("DeleteVm", await VmAsync("Running")));

        Assert.Contains("**Class:** dangerous", preview.Text, StringComparison.Ordinal);
        Assert.Contains("It is running: its power is cut first.", preview.Text, StringComparison.Ordinal);
        Assert.Contains("It is destroyed together with its ", preview.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_that_does_not_exist_gives_no_token()
    {
        var preview = await Gateway.CallAsync("vms_action", Arguments("StartVm", "11111111-2222-4333-8444-555555555555"));

        Assert.True(preview.IsError);
        Assert.Contains("404", preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("confirm_token: \"", preview.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_call_with_the_token_runs_once_and_tells_what_became_of_it()
    {
        var id = await VmAsync("Halted");
        var token = await TokenAsync(Arguments("StartVm", id));
        var done = await Gateway.DoneAsync("vms_action", With(Arguments("StartVm", id), token));
        var again = await Gateway.CallAsync("vms_action", With(Arguments("StartVm", id), token));

        Assert.Contains("StartVm is done (task ", done.Text, StringComparison.Ordinal);
        Assert.Equal("done", done.Structured!.Value.GetProperty("status").GetString());
        Assert.Contains("The confirm_token is unknown, already used, or older than five minutes.", again.Text, StringComparison.Ordinal);
        Assert.Equal([$"POST /rest/v0/vms/{id}/actions/start"], Gateway.Changes);
    }

    [Fact]
    public async Task The_order_and_spelling_of_arguments_do_not_matter()
    {
        var id = await VmAsync("Running");
        var token = await TokenAsync(Snapshot(id));
        var done = await Gateway.CallAsync(
            "vms_action", $$"""{ "confirm_token": "{{token}}", "body": { "name_label" : "bef\u006fre" }, "id": "{{id}}", "backend":"xo1", "operation": "SnapshotVm" }""");

        Assert.False(done.IsError, done.Text);
    }

    public enum Difference
    {
        Operation,
        Object,
        Body,
        MoreBody,
        NoBody,
        Backend,
        Tool,
    }

    [Theory]
    [InlineData(Difference.Operation)]
    [InlineData(Difference.Object)]
    [InlineData(Difference.Body)]
    [InlineData(Difference.MoreBody)]
    [InlineData(Difference.NoBody)]
    [InlineData(Difference.Backend)]
    [InlineData(Difference.Tool)]
    public async Task A_token_for_another_call_is_refused_and_spent(Difference difference)
    {
        var id = await VmAsync("Running");
        var token = await TokenAsync(Snapshot(id));
        var other = (await Gateway.IdsAsync("vms_query", "GetVms", "power_state:Running"))[1];
        var network = await Gateway.IdsAsync("networks_query", "GetNetworks");
        var (tool, arguments) = difference switch
        {
            Difference.Operation => ("vms_action", Arguments("PauseVm", id)),
            Difference.Object => ("vms_action", Snapshot(other)),
            Difference.Body => ("vms_action", Snapshot(id).Replace("before", "after", StringComparison.Ordinal)),
            Difference.MoreBody => ("vms_action", Snapshot(id).Replace("\"name_label\"", "\"ignoreHomeServer\":true,\"name_label\"", StringComparison.Ordinal)),
            Difference.NoBody => ("vms_action", Arguments("SnapshotVm", id)),
            Difference.Backend => ("vms_action", Snapshot(id).Replace("xo1", "xo2", StringComparison.Ordinal)),
            _ => ("networks_action", Arguments("DeleteNetwork", network[0])),
        };
        var wrong = await Gateway.CallAsync(tool, With(arguments, token));
        var right = await Gateway.CallAsync("vms_action", With(Snapshot(id), token));

        Assert.True(wrong.IsError);
        Assert.True(right.IsError, "The token was not spent.");
        Assert.Contains("already used", right.Text, StringComparison.Ordinal);
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task An_invented_token_is_refused(string token)
    {
        var result = await Gateway.CallAsync("vms_action", With(Arguments("DeleteVm", await VmAsync("Halted")), token));

        Assert.True(result.IsError);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_token_is_good_for_five_minutes_and_no_longer()
    {
        var id = await VmAsync("Halted");
        var late = await TokenAsync(Arguments("StartVm", id));
        _time.Advance(TimeSpan.FromMinutes(5));
        var refused = await Gateway.CallAsync("vms_action", With(Arguments("StartVm", id), late));
        var early = await TokenAsync(Arguments("StartVm", id));
        _time.Advance(TimeSpan.FromSeconds(299));
        var done = await Gateway.CallAsync("vms_action", With(Arguments("StartVm", id), early));

        Assert.True(refused.IsError);
        Assert.False(done.IsError, done.Text);
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_not_touched()
    {
        var id = await VmAsync("Halted");
        var token = await TokenAsync(Arguments("DeleteVm", id));
        await Gateway.ConfirmedAsync("vms_action", Arguments("StartVm", id));
        var result = await Gateway.CallAsync("vms_action", With(Arguments("DeleteVm", id), token));

        Assert.True(result.IsError);
        Assert.Contains("What it touches has changed since the preview. It is now: VM '", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Gateway.Changes, static change => change.StartsWith("DELETE ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_call_spends_its_token_too()
    {
        var id = await VmAsync("Halted");
        var token = await TokenAsync(Arguments("StartVm", id));
        Gateway.Xo.Faults.Add(new Fault { Method = "POST", Status = 500, Times = 1 });
        var failed = await Gateway.CallAsync("vms_action", With(Arguments("StartVm", id), token));
        var again = await Gateway.CallAsync("vms_action", With(Arguments("StartVm", id), token));

        Assert.True(failed.IsError);
        Assert.Contains("already used", again.Text, StringComparison.Ordinal);
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task A_person_who_agrees_lets_it_run_in_one_call()
    {
        var id = await VmAsync("Halted");
        Question? asked = null;
        var done = await AskingAsync(Arguments("StartVm", id), question =>
        {
            asked = question;
            return new Answer(true, question.Seal, "test");
        });

        Assert.False(done.IsError, done.Text);
        Assert.Contains("**Operation:** StartVm", asked!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("confirm_token", asked.Text, StringComparison.Ordinal);
        Assert.Null(asked.TypeToConfirm);
        Assert.Single(Gateway.Changes);
    }

    [Fact]
    public async Task For_a_dangerous_call_the_person_types_the_objects_name()
    {
        var id = await VmAsync("Halted");
        var name = await NameAsync(id);
        Question? asked = null;
        await AskingAsync(Arguments("DeleteVm", id), question =>
        {
            asked = question;
            return new Answer(false, question.Seal, "test");
        });

        Assert.Equal(name, asked!.TypeToConfirm);
    }

    [Fact]
    public async Task A_person_who_declines_stops_it()
    {
        var id = await VmAsync("Halted");
        var result = await AskingAsync(Arguments("StartVm", id), static question => new Answer(false, question.Seal, "test"));

        Assert.True(result.IsError);
        Assert.Contains("The person did not agree to StartVm.", result.Text, StringComparison.Ordinal);
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_seal_that_was_changed_anywhere_is_refused(int part)
    {
        var result = await AskingAsync(Arguments("StartVm", await VmAsync("Halted")), question =>
        {
            var parts = question.Seal.Split('.');
            parts[part] = parts[part][..^1] + (parts[part][^1] == '0' ? '1' : '0');
            return new Answer(true, string.Join('.', parts), "test");
        });

        Assert.True(result.IsError);
        Assert.Empty(Gateway.Changes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1.1.2.3.4.5")]
    [InlineData("v1......")]
    [InlineData("v1.ä.ö.ü.ß.€")]
    public async Task An_invented_seal_is_refused(string? seal)
    {
        var result = await AskingAsync(Arguments("StartVm", await VmAsync("Halted")), _ => new Answer(true, seal, "test"));

        Assert.True(result.IsError);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task A_seal_is_good_for_its_call_once_and_for_five_minutes()
    {
        var id = await VmAsync("Halted");
        var other = (await Gateway.IdsAsync("vms_query", "GetVms", "power_state:Halted"))[1];
        var seals = new List<string>();
        var otherCall = await AskingAsync(Arguments("StartVm", id), question => Keep(question, false));
        var replayed = await AskingAsync(Arguments("StartVm", other), _ => new Answer(true, seals[0], "test"));
        var done = await AskingAsync(Arguments("StartVm", id), question => Keep(question, true));
        await Gateway.ConfirmedAsync("vms_action", Arguments("HardShutdownVm", id));
        var twice = await AskingAsync(Arguments("StartVm", id), _ => new Answer(true, seals[1], "test"));
        var late = await AskingAsync(Arguments("StartVm", id), question =>
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            return new Answer(true, question.Seal, "test");
        });

        Assert.True(otherCall.IsError);
        Assert.True(replayed.IsError);
        Assert.False(done.IsError, done.Text);
        Assert.Contains("The answer was used already.", twice.Text, StringComparison.Ordinal);
        Assert.Contains("more than five minutes ago", late.Text, StringComparison.Ordinal);
        Assert.Single(Gateway.Changes, static change => change.EndsWith("/start", StringComparison.Ordinal));

        Answer Keep(Question question, bool accepted)
        {
            seals.Add(question.Seal);
            return new Answer(accepted, question.Seal, "test");
        }
    }

    [Fact]
    public async Task A_question_answered_with_no_cannot_be_answered_again_with_yes()
    {
        var id = await VmAsync("Halted");
        var seal = "";
        await AskingAsync(Arguments("StartVm", id), question =>
        {
            seal = question.Seal;
            return new Answer(false, question.Seal, "test");
        });
        var result = await AskingAsync(Arguments("StartVm", id), _ => new Answer(true, seal, "test"));

        Assert.True(result.IsError);
        Assert.Empty(Gateway.Changes);
    }

    [Fact]
    public async Task Drift_while_the_person_thinks_is_noticed()
    {
        var id = await VmAsync("Halted");
        string? seal = null;

        // As over a protocol whose question ends the request: the answer comes with a second call.
        await Assert.ThrowsAsync<AnswerAwaitedException>(() => Gateway.CallAsync("vms_action", Arguments("DeleteVm", id), new Conversation(
            static _ => { },
            (question, _) =>
            {
                seal = question.Seal;
                throw new AnswerAwaitedException(question);
            })));
        await Gateway.ConfirmedAsync("vms_action", Arguments("StartVm", id));
        var result = await AskingAsync(Arguments("DeleteVm", id), _ => new Answer(true, seal, "test"));

        Assert.True(result.IsError);
        Assert.Contains("has changed since the preview", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Gateway.Changes, static change => change.StartsWith("DELETE ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_in_a_body_are_neither_shown_nor_recorded()
    {
        var preview = await Gateway.DoneAsync(
            "users_action", """{"operation":"CreateUser","backend":"xo1","body":{"name":"erin","password":"hunter2-very-secret"}}""");
        var done = await Gateway.CallAsync("users_action", With(
            """{"operation":"CreateUser","backend":"xo1","body":{"name":"erin","password":"hunter2-very-secret"}}""", GatewayUnderTest.Token(preview.Text)));
        var audit = string.Concat(Directory.GetFiles(Gateway.AuditFolder).Select(File.ReadAllText));

        Assert.False(done.IsError, done.Text);
        Assert.DoesNotContain("hunter2", preview.Text + done.Text + audit, StringComparison.Ordinal);
        Assert.Contains("erin", preview.Text, StringComparison.Ordinal);
    }

    private static string Arguments(string operation, string id) => $$"""{"backend":"xo1","operation":"{{operation}}","id":"{{id}}"}""";

    private static string Snapshot(string id) => """{"backend":"xo1","operation":"SnapshotVm","id":"ID","body":{"name_label":"before"}}""".Replace("ID", id, StringComparison.Ordinal);

    private static string With(string arguments, string token) => GatewayUnderTest.WithToken(arguments, token);

    private async Task<string> TokenAsync(string arguments) => GatewayUnderTest.Token((await Gateway.DoneAsync("vms_action", arguments)).Text);

    private Task<ToolResult> AskingAsync(string arguments, Func<Question, Answer> answer) => Gateway.CallAsync(
        "vms_action", arguments, new Conversation(static _ => { }, (question, _) => Task.FromResult(answer(question))));

    private async Task<string> VmAsync(string state) => (await Gateway.IdsAsync("vms_query", "GetVms", $"power_state:{state}"))[0];

    private async Task<string?> NameAsync(string id) =>
        (await Gateway.DoneAsync("vms_query", Arguments("GetVm", id))).Structured!.Value.GetProperty("value").GetProperty("name_label").GetString();
}
