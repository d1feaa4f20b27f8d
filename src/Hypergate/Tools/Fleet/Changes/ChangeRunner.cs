using System.Text.Json;
using Hypergate.Governance.Authorization;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Tools.Fleet.Tasks;

namespace Hypergate.Tools.Fleet.Changes;

/// <summary>Sends a change through the pipeline and words how it ended.</summary>
internal static class ChangeRunner
{
    private const int LogLines = 20;
    private const int UsualWait = 25;

    public static async Task<FleetAnswer> RunAsync(FleetRequest request, PlannedChange change, CancellationToken cancellationToken)
    {
        var outcome = await SendAsync(request, change, cancellationToken);
        switch (outcome)
        {
            case Outcome.Unconfirmed unconfirmed:
                return new FleetAnswer.Preview(unconfirmed.Preview);
            case Outcome.Refused refused:
                throw FleetProblems.Of(refused);
            case Outcome.Failed { Job: null } failed:
                throw FleetProblems.Of(failed);
            case Outcome.Done done when change.Fault(done.Value) is { } fault:
                throw new FleetException("failed", fault);
        }

        var end = await EndAsync(request, change, outcome, cancellationToken);
        var more = change.After is { } after ? await after(end) : [];
        var value = ToolSchema.Write(writer => Write(writer, change, end, outcome, more));
        foreach (var warning in (outcome as Outcome.Done)?.Warnings ?? [])
        {
            request.Warn(warning);
        }

        return new FleetAnswer.Record(change.Backend.Name, value) { IsError = end.State == "failed" };
    }

    /// <summary>How long the caller wants to wait for a task.</summary>
    public static TimeSpan WaitOf(FleetRequest request) => TimeSpan.FromSeconds(request.Arguments.Int("wait_seconds") ?? UsualWait);

    private static async Task<Outcome> SendAsync(FleetRequest request, PlannedChange change, CancellationToken cancellationToken)
    {
        await request.Room.Surroundings.Catalog.SettledAsync(change.Backend.Name, cancellationToken);
        if (request.Room.Surroundings.Gap(change.Backend.Name) is { } gap)
        {
            throw new FleetException("unreachable", gap);
        }

        if (request.Room.Catalog.FindRoute(change.Backend.Name, change.Method, change.Path) is not { } operation
            || !request.Room.Surroundings.Policies[change.Backend.Name].Shows(operation))
        {
            throw change.Backend.Backend.Options.Actions
                ? new FleetException("forbidden", AuthorizationStep.NoSuchOperation($"{change.Method} {change.Path}", change.Backend.Name))
                : new FleetException("read_only", $"Backend {change.Backend.Name} is read only in this gateway.", "Its setting 'actions' turns changes on.");
        }

        var wait = WaitOf(request);
        return await request.Room.Surroundings.Pipeline.RunAsync(
            new Call
            {
                Backend = change.Backend.Name,
                Operation = operation,
                Caller = request.Caller,
                Arguments = OperationValues.Of(operation, change.Values),
                Tool = request.Tool.Name,
                ConfirmToken = request.Arguments.Text("confirm_token"),
                Wait = wait > TimeSpan.Zero,
                WaitLimit = wait,
                DryRun = request.Arguments.Flag("dry_run") == true,
                Subject = change.Subject,
                Conversation = request.Origin.Conversation,
            },
            cancellationToken);
    }

    private static async Task<ChangeEnd> EndAsync(FleetRequest request, PlannedChange change, Outcome outcome, CancellationToken cancellationToken)
    {
        var job = (outcome as Outcome.Done)?.Job ?? (outcome as Outcome.Failed)?.Job;
        var value = (outcome as Outcome.Done)?.Value ?? default;
        if (job is null)
        {
            return new ChangeEnd("done", value, null);
        }

        var state = job.State switch
        {
            JobState.Running => "running",
            JobState.Succeeded => "done",
            JobState.Unknown => "unknown",
            _ => "failed",
        };
        try
        {
            return new ChangeEnd(state, value, await change.Backend.Platform.Task(request, change.Backend, job.Id, LogLines, cancellationToken));
        }
        catch (PlatformReadException)
        {
            // The caller may change things without being allowed to read tasks.
            return new ChangeEnd(state, value, new TaskReport { Id = job.Id, State = state == "done" ? "ok" : state == "failed" ? "error" : state });
        }
    }

    private static void Write(Utf8JsonWriter writer, PlannedChange change, ChangeEnd end, Outcome outcome, IReadOnlyList<(string Name, Cell Value)> more)
    {
        writer.WriteString("state", end.State);
        writer.WriteString("backend", change.Backend.Name);
        if (end.Task is { } task)
        {
            writer.WriteString("upid", task.Id);
            writer.WriteString("exit_status", task.ExitStatus);
        }

        foreach (var (name, cell) in more)
        {
            writer.WritePropertyName(name);
            Results.Rows.CellJson.Write(writer, cell, 2_000);
        }

        end.Task?.WriteTimes(writer);
        if (outcome is Outcome.Failed failed)
        {
            writer.WriteString("error", failed.Detail);
        }

        if (end.State == "running")
        {
            writer.WriteString("next", "It is not done yet: get_task with this upid tells how it ends.");
        }
    }
}
