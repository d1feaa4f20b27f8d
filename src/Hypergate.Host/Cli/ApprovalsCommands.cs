using System.CommandLine;
using System.Text;
using System.Text.Json;
using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Host.Approvals;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate approvals list | show | approve | deny</c>, beside a running gateway or without one.</summary>
/// <param name="run">Runs at the boundary of commands, with where the settings come from.</param>
internal sealed class ApprovalsCommands(Terminal terminal, TimeProvider time, Func<ParseResult, Func<SettingsSources, Task<int>>, Task<int>> run)
{
    public Command Build() => new("approvals", $"Calls that wait for another person's word. Decides as the person at this machine, or as the holder of the key in {StateOfCommand.KeyVariable}.")
    {
        List(), Show(), Decide("approve", agrees: true), Decide("deny", agrees: false),
    };

    private Command List()
    {
        var all = new Option<bool>("--all") { Description = "Also those that are decided or expired." };
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = new Command("list", $"Shows the requests that wait.") { all, json };
        command.SetAction((result, token) => run(result, async sources =>
        {
            await using var state = await StateOfCommand.OpenAsync(sources, time, token);
            var now = time.GetUtcNow();
            var shown = (await state.State.Approvals.ListAsync(state.Person, token)).Where(approval => result.GetValue(all) || approval.StateAt(now) == ApprovalState.Pending).ToList();
            await terminal.Output.WriteLineAsync(result.GetValue(json)
                ? Json(writer =>
                {
                    writer.WriteStartArray();
                    shown.ForEach(approval => ApprovalView.Write(writer, approval, approval.StateAt(now)));
                    writer.WriteEndArray();
                })
                : shown.Count == 0 ? "Nothing waits for approval." : string.Join('\n', shown.Select(approval => ApprovalView.Line(approval, approval.StateAt(now)))));
            return ExitCode.Done;
        }));
        return command;
    }

    private Command Show()
    {
        var id = Id();
        var command = new Command("show", $"Shows what would happen, and who has decided.") { id };
        command.SetAction((result, token) => run(result, async sources =>
        {
            await using var state = await StateOfCommand.OpenAsync(sources, time, token);
            var approval = await state.State.Approvals.FindAsync(result.GetRequiredValue(id), state.Person, token)
                ?? throw new SettingsException($"There is no request '{result.GetRequiredValue(id)}'");
            await terminal.Output.WriteLineAsync(ApprovalView.Line(approval, approval.StateAt(time.GetUtcNow())));
            await terminal.Output.WriteLineAsync($"\n{approval.Text}");
            foreach (var vote in approval.Votes)
            {
                await terminal.Output.WriteLineAsync($"{vote.By} {(vote.Agrees ? "approved" : "denied")} at {vote.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(vote.Reason.Length > 0 ? $": {vote.Reason}" : "")}");
                if (vote.Lapsed is { } why)
                {
                    await terminal.Output.WriteLineAsync($"  counts no longer: {why}");
                }
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private Command Decide(string word, bool agrees)
    {
        var id = Id();
        var reason = new Option<string?>("--reason") { Description = "For the requester and the audit." };
        var command = new Command(word, $"{(agrees ? "Agrees to a call of somebody else" : "Refuses a call of somebody else")}; never one's own.") { id, reason };
        command.SetAction((result, token) => run(result, async sources =>
        {
            await using var state = await StateOfCommand.OpenAsync(sources, time, token);
            var (approval, problem) = await state.State.Approvals.DecideAsync(result.GetRequiredValue(id), state.Person, agrees, result.GetValue(reason) ?? "", token);
            if (approval is null)
            {
                await terminal.Error.WriteLineAsync(problem);
                return ExitCode.Failed;
            }

            await terminal.Output.WriteLineAsync(ApprovalView.Line(approval, approval.StateAt(time.GetUtcNow())));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "As 'approvals list' shows it: ap_…" };

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
