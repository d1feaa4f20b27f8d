using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>Follows a platform's job to its end. Success is what the job says of itself, never that it was accepted.</summary>
internal sealed class JobFollower(PlatformClient client, JobRules rules, TimeProvider time)
{
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(5);

    /// <summary>A job that nobody waits for.</summary>
    public Job Running(string id) => new(id, JobState.Running) { HowToAsk = rules.HowToAsk(id) };

    /// <summary>Waits for the end, at most for the backend's limit; a job that then still runs is given back as such.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the job was asked to stop.</exception>
    public async Task<Outcome> FollowAsync(string id, Call call, CancellationToken cancellationToken)
    {
        call.Conversation.Report(new Progress(null, $"{call.Operation.Title}: task {id} started"));
        var (started, reading) = (time.GetTimestamp(), new JobReading(client, rules, id));
        try
        {
            for (var round = 0; client.Options.JobLimit - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero; round++)
            {
                var limit = left < LongestWait ? left : LongestWait;
                var (news, problem) = rules.WaitQuery is { } wait
                    ? await WaitAsync(reading, wait, call, limit, cancellationToken)
                    : await LookAsync(reading, call, limit, cancellationToken);
                if (problem is not null)
                {
                    return Unknown(id, problem);
                }

                if (news is { State: not JobState.Running })
                {
                    return await EndedAsync(id, call, news, reading, cancellationToken);
                }

                if (rules.WaitQuery is null)
                {
                    var pause = rules.Pauses[Math.Min(round, rules.Pauses.Count - 1)];
                    await Task.Delay(pause < left ? pause : left, time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await reading.AbortAsync(AbortLimit);
            throw;
        }

        return new Outcome.Done(default) { Status = 202, Job = Running(id) };
    }

    private static async Task<(JobNews? News, string? Problem)> LookAsync(JobReading reading, Call call, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (news, problem) = await reading.StateAsync(null, limit, cancellationToken);
        if (news is { State: JobState.Running })
        {
            Tell(call, news, await reading.NewLineAsync(limit, cancellationToken));
        }

        return (news, problem);
    }

    // One waiting read, and a plain read every two seconds beside it for the news.
    private async Task<(JobNews? News, string? Problem)> WaitAsync(
        JobReading reading, KeyValuePair<string, string> wait, Call call, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = reading.StateAsync(wait, limit, stop.Token);
        while (await Task.WhenAny(waiting, Task.Delay(NewsInterval, time, stop.Token)) != waiting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (news, _) = await reading.StateAsync(null, NewsInterval * 2, cancellationToken);
            Tell(call, news, null);
        }

        var result = await waiting;
        await stop.CancelAsync();
        return result;
    }

    private static void Tell(Call call, JobNews? news, string? line)
    {
        if (news is { State: JobState.Running })
        {
            var fraction = news.Fraction ?? PercentIn(line);
            var percent = fraction is { } known ? $" ({known:P0})" : "";
            call.Conversation.Report(new Progress(fraction, $"{news.Name} is running{percent}{(line is null ? "" : $": {line}")}"));
        }
    }

    // Logs say how far they are in their own words: "INFO:  42% (13.4 GiB of 32.0 GiB)".
    private static double? PercentIn(string? line)
    {
        var end = line?.IndexOf('%', StringComparison.Ordinal) ?? -1;
        var start = end;
        while (start > 0 && (char.IsAsciiDigit(line![start - 1]) || line[start - 1] == '.'))
        {
            start--;
        }

        return start < end && double.TryParse(line.AsSpan(start, end - start), System.Globalization.CultureInfo.InvariantCulture, out var percent) && percent <= 100
            ? percent / 100
            : null;
    }

    private async Task<Outcome> EndedAsync(string id, Call call, JobNews news, JobReading reading, CancellationToken cancellationToken)
    {
        await reading.NewLineAsync(LongestWait, cancellationToken);
        var (job, tail) = (new Job(id, news.State), reading.Tail);
        call.Conversation.Report(new Progress(1, $"{news.Name}: {news.State}"));
        if (news.State == JobState.Succeeded)
        {
            return new Outcome.Done(rules.ReadResult(news, tail)) { Job = job, Warnings = [.. rules.Warnings(news, tail)] };
        }

        var log = tail.Count == 0 ? "" : $" The end of its log: {string.Join(" | ", tail)}";
        return new Outcome.Failed(null, $"{call.Operation.Name} was accepted, but its task {id} ended with {news.State.ToString().ToLowerInvariant()}: {rules.ReadFailure(news.Result)}{log}") { Job = job };
    }

    private static Outcome.Done Unknown(string id, string problem) => new(default)
    {
        Status = 202,
        Job = new Job(id, JobState.Unknown),
        Warnings = [$"The task could not be followed: {problem}"],
    };
}
