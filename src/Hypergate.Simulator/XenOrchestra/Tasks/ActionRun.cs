using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Tasks;

/// <summary>Runs actions in time: the task begins, the hypervisor works, then the change happens and the task ends.</summary>
internal sealed class ActionRun(DataCentre world, TaskBoard board, double pace, CancellationToken stopping)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongEnoughForProgress = TimeSpan.FromMilliseconds(400);
    private static readonly int[] Quarters = [25, 50, 75];

    /// <param name="task">Already on the board.</param>
    /// <param name="rule">What happens.</param>
    /// <param name="context">To whom.</param>
    /// <param name="neverEnds">A fault: the task stays pending until someone aborts it.</param>
    /// <returns>The value of the action.</returns>
    /// <exception cref="XoError">The action failed, or was aborted; the task says so too.</exception>
    public async Task<JsonNode?> RunAsync(PendingTask task, OperationRule rule, OperationContext context, bool neverEnds)
    {
        await WorkAsync(task, neverEnds ? Timeout.InfiniteTimeSpan : rule.Duration == TimeSpan.Zero ? Usual : rule.Duration);
        try
        {
            return world.Write(() =>
            {
                if (task.Ended.IsCompleted)
                {
                    throw new XoError(500, "The operation was aborted");
                }

                var value = rule.Run(context);
                board.Succeed(task, value);
                return value;
            });
        }
        catch (XoError error)
        {
            board.Fail(task, TaskFailure.Of(error));
            throw;
        }
#pragma warning disable CA1031 // A rule that breaks must not leave its task pending for ever; it answers as an error of the server.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            var error = new XoError(500, broken.Message) { TaskResult = new JsonObject { ["name"] = broken.GetType().Name } };
            board.Fail(task, TaskFailure.Of(error));
            throw error;
        }
    }

    private async Task WorkAsync(PendingTask task, TimeSpan duration)
    {
        if (duration == Timeout.InfiniteTimeSpan)
        {
            await task.Ended.WaitAsync(stopping);
            return;
        }

        var whole = duration * pace;
        if (whole < LongEnoughForProgress)
        {
            await PassAsync(task, whole);
            return;
        }

        foreach (var percent in Quarters)
        {
            await PassAsync(task, whole / 4);
            board.Progress(task, percent);
        }

        await PassAsync(task, whole / 4);
    }

    // Ends early when the task is aborted.
    private async Task PassAsync(PendingTask task, TimeSpan time)
    {
        if (time >= TimeSpan.FromMilliseconds(1))
        {
            await Task.WhenAny(Task.Delay(time, world.Time, stopping), task.Ended);
            stopping.ThrowIfCancellationRequested();
        }
    }
}
