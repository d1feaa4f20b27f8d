using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>Follows a platform's job to its end. Success is what the job says of itself, never that it was accepted.</summary>
internal sealed class JobFollower(PlatformClient client, JobRules rules, TimeProvider time)
{
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the end, at most for the backend's limit; a job that then still runs is given back as such.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the job was asked to stop.</exception>
    public async Task<Outcome> FollowAsync(string id, Call call, CancellationToken cancellationToken)
    {
        call.Conversation.Report(new Progress(null, $"{call.Operation.Title}: task {id} started"));
        var started = time.GetTimestamp();
        try
        {
            while ((call.WaitLimit ?? client.Options.JobLimit) - time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
            {
                var (news, problem) = await NextAsync(id, call, left < LongestWait ? left : LongestWait, cancellationToken);
                if (problem is not null)
                {
                    return Unknown(id, problem);
                }

                if (news is { State: not JobState.Running })
                {
                    return Ended(id, call, news);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await AbortAsync(id);
            throw;
        }

        return new Outcome.Done(default) { Status = 202, Job = new Job(id, JobState.Running) };
    }

    // One waiting read, and a plain read every two seconds beside it for the news.
    private async Task<(JobNews? News, string? Problem)> NextAsync(string id, Call call, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = ReadAsync(id, rules.WaitQuery, limit, stop.Token);
        if (rules.WaitQuery is null)
        {
            var read = await waiting;
            Tell(call, read.News);
            await Task.Delay(Pause, time, cancellationToken);
            return read;
        }

        while (await Task.WhenAny(waiting, Task.Delay(NewsInterval, time, stop.Token)) != waiting)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (news, _) = await ReadAsync(id, null, NewsInterval * 2, cancellationToken);
            Tell(call, news);
        }

        var result = await waiting;
        await stop.CancelAsync();
        return result;
    }

    private static void Tell(Call call, JobNews? news)
    {
        if (news is { State: JobState.Running })
        {
            var percent = news.Fraction is { } fraction ? $" ({fraction:P0})" : "";
            call.Conversation.Report(new Progress(news.Fraction, $"{news.Name} is running{percent}"));
        }
    }

    // A read that runs out of time says nothing about the job: it is asked again.
    private async Task<(JobNews? News, string? Problem)> ReadAsync(
        string id, KeyValuePair<string, string>? query, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Address(rules.Path, id, query) is not { } address)
        {
            return (null, "the platform gave it an impossible id.");
        }

        var result = await client.SendAsync(new HttpRequestSpec { Address = address, TimeLimit = limit }, cancellationToken);
        return result switch
        {
            HttpReply { IsSuccess: true } reply when rules.Read(PlatformClient.ValueOf(reply)) is { } news => (news, null),
            HttpReply { IsSuccess: false } reply => (null, client.Options.Kind.ReadError(reply.Status, reply.Body, client.Options.Credential is Credential.Token)),
            TransportFailure { Kind: FailureKind.Timeout } => (null, null),
            TransportFailure failure => (null, failure.Text),
            _ => (null, "the platform's answer about it cannot be understood."),
        };
    }

    private Outcome Ended(string id, Call call, JobNews news)
    {
        call.Conversation.Report(new Progress(1, $"{news.Name}: {news.State}"));
        var job = new Job(id, news.State);
        return news.State == JobState.Succeeded
            ? new Outcome.Done(news.Result) { Job = job }
            : new Outcome.Failed(null, $"{call.Operation.Name} was accepted, but its task {id} ended with {news.State.ToString().ToLowerInvariant()}: {rules.ReadFailure(news.Result)}") { Job = job };
    }

    private static Outcome.Done Unknown(string id, string problem) => new(default)
    {
        Status = 202,
        Job = new Job(id, JobState.Unknown),
        Warnings = [$"The task could not be followed: {problem}"],
    };

    private async Task AbortAsync(string id)
    {
        if (rules.AbortPath is { } path && Address(path, id, null) is { } address)
        {
            using var limit = new CancellationTokenSource(AbortLimit, time);
            await client.SendAsync(new HttpRequestSpec { Method = "POST", Address = address, TimeLimit = AbortLimit }, CancellationToken.None);
        }
    }

    private Uri? Address(string path, string id, KeyValuePair<string, string>? query)
    {
        var values = new QueryValues();
        if (query is var (name, value))
        {
            values.Add(name, value);
        }

        var built = RequestAddress.Build(client.ApiAddress, path, new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = id }, values);
        return (built as RequestAddress.Built)?.Address;
    }
}
