using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>One configured platform. Only the call pipeline may call it: see eng/BannedSymbols.txt.</summary>
internal sealed class Backend : IDisposable
{
    private readonly PlatformClient _client;
    private readonly JobFollower? _jobs;
    private readonly EmptyAnswers? _empty;
    private readonly TimeProvider _time;
    private readonly RestCallRunner? _runner;
    private readonly BackendStanding _standing;
    private readonly DescriptionSource _description;

    public Backend(BackendOptions options, TimeProvider time)
    {
        _client = new PlatformClient(options, time);
        _standing = new(options);
        _description = new(_client, _standing);
        _time = time;
        _runner = options.Kind.Runner?.Invoke(_client, time);
        _jobs = options.Kind.Jobs is { } rules ? new JobFollower(_client, rules, time) : null;
        _empty = options.Kind.Empty is { } empty ? new EmptyAnswers(_client, empty, time) : null;
    }

    public string Name => _client.Options.Name;

    public BackendKind Kind => _client.Options.Kind;

    public BackendOptions Options => _client.Options;

    /// <inheritdoc cref="BackendStanding.State"/>
    public BackendState State => _standing.State;

    /// <inheritdoc cref="BackendStanding.IsRefused"/>
    public bool IsRefused => _standing.IsRefused;

    /// <summary>Runs a call that has passed every policy.</summary>
    public async Task<Outcome> InvokeAsync(Call call, CancellationToken cancellationToken)
    {
        // While it is switched off nothing but the switch itself is asked, so that it works again as soon as it is on.
        if (State.Health == BackendHealth.Disabled && await ProbeAsync(cancellationToken) is { Health: BackendHealth.Disabled } state)
        {
            return new Outcome.Failed(503, state.Problem!);
        }

        if (call.Operation.Rules is not null && _runner is { } runner)
        {
            var end = await runner.RunAsync(call, cancellationToken);
            _standing.State = end.State ?? State;
            return end.Outcome;
        }

        return PlatformRequest.Of(call, Options) switch
        {
            PlatformRequest.Refused refused => new Outcome.Refused("arguments", refused.Reason),
            PlatformRequest.Ready ready => await SendAsync(call, ready.Spec, cancellationToken),
            _ => throw new InvalidOperationException("Unknown request."),
        };
    }

    /// <summary>Asks the switch of the platform, or for kinds without one nothing.</summary>
    /// <returns>What stands against asking anything else: switched off, or down; unknown where nothing does.</returns>
    public async Task<BackendState> ProbeAsync(CancellationToken cancellationToken)
    {
        if (Kind.Switch is not { } rules)
        {
            return BackendState.Unknown;
        }

        var seen = await _client.GetPubliclyAsync(rules.StatusPath, cancellationToken) switch
        {
            HttpReply { IsSuccess: true } => BackendState.Unknown,
            HttpReply reply when rules.IsOff(reply) => new BackendState(BackendHealth.Disabled, rules.Text),
            HttpReply reply => new BackendState(BackendHealth.Down, rules.ReadStatusError(reply.Status)),
            TransportFailure failure => new BackendState(BackendHealth.Down, failure.Text),
            _ => BackendState.Unknown,
        };

        // An open switch says nothing of what else was wrong.
        if (seen.Health != BackendHealth.Unknown || State.Health == BackendHealth.Disabled)
        {
            _standing.State = seen;
        }

        return seen;
    }

    /// <summary>Whether anything answers at the configured address, whatever it says; sends no credential.</summary>
    /// <returns>Why nothing does; null where something does.</returns>
    public async Task<string?> TouchAsync(CancellationToken cancellationToken) =>
        await _client.GetPubliclyFromRootAsync("/", cancellationToken) is TransportFailure failure ? failure.Text : null;

    /// <summary>Reads one value with the credential, so that a wrong one is found out although no operation that tells it is offered.</summary>
    /// <returns>The value, or why there is none.</returns>
    public async Task<(JsonElement Value, string? Problem)> ReadIdentityAsync(string path, CancellationToken cancellationToken) => await _client.GetAsync(path, cancellationToken) switch
    {
        HttpReply { IsSuccess: true } reply => (_client.Inside(reply), null),
        HttpReply reply => (default, _standing.Error(reply)),
        TransportFailure failure => (default, failure.Text),
        _ => (default, null),
    };

    /// <inheritdoc cref="DescriptionSource.Version"/>
    public string Version => _description.Version;

    /// <inheritdoc cref="DescriptionSource.ReadAsync"/>
    internal Task<DescriptionDocument?> ReadDescriptionAsync(KnownDescription? known, CancellationToken cancellationToken) => _description.ReadAsync(known, cancellationToken);

    public DescriptionTrust Trust { get; } = new();

    /// <summary>What it sent as its description is none: until a better one comes, it counts as down.</summary>
    public BackendState Distrust(string problem)
    {
        DescriptionProblem = problem;
        return _standing.Down(problem);
    }

    /// <summary>Its description is good.</summary>
    public void Trusts() => DescriptionProblem = null;

    /// <summary>Why the last description was none, while the one before stays in force; null where it was good.</summary>
    public string? DescriptionProblem { get; private set; }

    public void Dispose()
    {
        _runner?.Dispose();
        _client.Dispose();
    }

    private async Task<Outcome> SendAsync(Call call, HttpRequestSpec request, CancellationToken cancellationToken)
    {
        var result = await _client.SendAsync(request, cancellationToken);
        if (result is TransportFailure failure)
        {
            _standing.Down(failure.Text);
            return new Outcome.Failed(null, WithNextStep(call, null, failure.Text));
        }

        var reply = (HttpReply)result;
        if (!reply.IsSuccess)
        {
            if (Kind.DoubtsDescription(reply))
            {
                Trust.Doubt();
            }

            var seen = _standing.Seen(reply);
            if (seen.Health != BackendHealth.Ready)
            {
                _standing.State = seen;
            }

            return new Outcome.Failed(Kind.StatusOf(reply), WithNextStep(call, reply.Status, seen.Problem ?? _standing.Error(reply)));
        }

        _standing.Answered();
        return await SettledAsync(call, await ReadAsync(call, reply, cancellationToken), cancellationToken);
    }

    // What is done shall show when the caller looks next.
    private async Task<Outcome> SettledAsync(Call call, Outcome outcome, CancellationToken cancellationToken)
    {
        if (call.Operation.Changes && outcome is Outcome.Done { Job: null or { State: JobState.Succeeded } } && Kind.CacheLag > TimeSpan.Zero)
        {
            await Task.Delay(Kind.CacheLag, _time, cancellationToken);
        }

        return outcome;
    }

    private async Task<Outcome> ReadAsync(Call call, HttpReply reply, CancellationToken cancellationToken)
    {
        if (!PlatformAnswer.TryRead(call, reply, Kind.AnswersText, out var whole))
        {
            return new Outcome.Failed(reply.Status, $"{Kind.Words.Server} answered {call.Operation.Name} with something that is not JSON. A proxy in between may have sent it.");
        }

        var (value, total) = Kind.Unwrap(whole);
        if (_jobs is not null && call.Operation.Method != "GET" && Kind.Jobs!.IdOf(reply.Status, value) is { } job)
        {
            return call.Wait
                ? await _jobs.FollowAsync(job, call, cancellationToken)
                : new Outcome.Done(default) { Status = reply.Status, Bytes = reply.Body.Length, Job = _jobs.Running(job) };
        }

        if (Kind.Misfire(call, value) is { } misfire)
        {
            return new Outcome.Failed(reply.Status, misfire);
        }

        var empty = _empty is null ? [] : await _empty.ExplainAsync(call, value, cancellationToken);
        return new Outcome.Done(Kind.Shown(call, value)) { Status = reply.Status, Bytes = reply.Body.Length, Warnings = [.. Kind.Warnings(call), .. empty, .. PageRemark.Of(call, value, total) is { } cut ? [cut] : Array.Empty<string>()] };
    }

    private string WithNextStep(Call call, int? status, string problem) => Kind.NextStep(call, status) is { } next ? $"{problem} {next}" : problem;
}
