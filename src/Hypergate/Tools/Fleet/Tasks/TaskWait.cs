using Hypergate.Model;

namespace Hypergate.Tools.Fleet.Tasks;

/// <summary>Waits for tasks, side by side, ever more patiently.</summary>
internal static class TaskWait
{
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)];

    public static async Task<IReadOnlyList<TaskReport>> ForAsync(
        FleetRequest request, IReadOnlyList<(FleetBackend Backend, string Id)> tasks, TimeSpan limit, int lines, CancellationToken cancellationToken)
    {
        var started = request.Room.Time.GetTimestamp();
        for (var round = 0; ; round++)
        {
            var reports = await Task.WhenAll(tasks.Select(task => task.Backend.Platform.Task(request, task.Backend, task.Id, lines, cancellationToken)));
            var left = limit - request.Room.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || Array.TrueForAll(reports, static report => !report.IsRunning))
            {
                return reports;
            }

            var ended = reports.Count(static report => !report.IsRunning);
            request.Origin.Conversation.Report(new Progress(
                tasks.Count > 1 ? (double)ended / tasks.Count : reports[0].Progress / 100,
                tasks.Count > 1 ? $"{ended} of {tasks.Count} tasks have ended" : (reports[0].Log is [.., var line] ? line : null) ?? "the task is running"));
            var pause = Pauses[Math.Min(round, Pauses.Length - 1)];
            await Task.Delay(pause < left ? pause : left, request.Room.Time, cancellationToken);
        }
    }
}
