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
    private BackendState _state = BackendState.Unknown;

    public Backend(BackendOptions options, TimeProvider time)
    {
        _client = new PlatformClient(options, time);
        _time = time;
        _runner = options.Kind.Runner?.Invoke(_client, time);
        _jobs = options.Kind.Jobs is { } rules ? new JobFollower(_client, rules, time) : null;
        _empty = options.Kind.Empty is { } empty ? new EmptyAnswers(_client, empty, time) : null;
    }

    public string Name => _client.Options.Name;

    public BackendKind Kind => _client.Options.Kind;

    public BackendOptions Options => _client.Options;

    /// <summary>How it was last seen.</summary>
    public BackendState State
    {
        get => Volatile.Read(ref _state);
        private set => Volatile.Write(ref _state, value);
    }

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
            State = end.State ?? State;
            return end.Outcome;
        }

        return PlatformRequest.Of(call, _client) switch
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
            State = seen;
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
        HttpReply reply => (default, Error(reply)),
        TransportFailure failure => (default, failure.Text),
        _ => (default, null),
    };

    /// <summary>The platform's version, where its description does not tell it; empty where nobody does.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Reads the description of the platform's API; the state tells why where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadDescriptionAsync(CancellationToken cancellationToken)
    {
        if (Kind.Version is { } version && !await ReadVersionAsync(version, cancellationToken))
        {
            return null;
        }

        if (Kind.DescriptionFile is { } file)
        {
            await (Kind.Prepare?.Invoke(cancellationToken) ?? Task.CompletedTask);
            return ReadFile(file);
        }

        var result = Kind.DescriptionAddress is { } address
            ? await _client.GetAnywhereAsync(address, cancellationToken)
            : Kind.DescriptionIsPublic
            ? await _client.GetPubliclyFromRootAsync(Kind.DescriptionPath, cancellationToken)
            : await _client.GetAsync(Kind.DescriptionPath, cancellationToken);
        State = result switch
        {
            HttpReply { IsSuccess: true } => Answered(),
            HttpReply reply when Seen(reply) is { Health: not BackendHealth.Ready } state => state,
            HttpReply reply => new BackendState(BackendHealth.Down, $"The description of its operations could not be read: {Error(reply)}"),
            TransportFailure failure => new BackendState(BackendHealth.Down, failure.Text),
            _ => State,
        };
        return result is HttpReply { IsSuccess: true } description ? description.Body : (ReadOnlyMemory<byte>?)null;
    }

    private ReadOnlyMemory<byte>? ReadFile(string path)
    {
        try
        {
            var bytes = new FileInfo(path).Length <= Kind.Description.Limits.DocumentBytes ? File.ReadAllBytes(path) : [];
            State = bytes.Length > 0
                ? Answered()
                : new BackendState(BackendHealth.Down, $"The description of its operations, {path}, is empty or longer than {Kind.Description.Limits.DocumentBytes} bytes.");
            return bytes.Length > 0 ? bytes : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            State = new BackendState(BackendHealth.Down, $"The description of its operations, {path}, cannot be read: {exception.Message}");
            return null;
        }
    }

    // With the credential, so that a wrong one is found out here and not at the first call.
    private async Task<bool> ReadVersionAsync(VersionRules rules, CancellationToken cancellationToken)
    {
        switch (await _client.GetAsync(rules.Path, cancellationToken))
        {
            case HttpReply { IsSuccess: true } reply:
                Version = rules.Read(_client.Inside(reply)) ?? "";
                return true;
            case HttpReply reply:
                IsRefused = reply.Status == 401;
                State = new BackendState(BackendHealth.Down, Error(reply));
                return false;
            case TransportFailure failure:
                IsRefused = failure.Kind == FailureKind.Login;
                State = new BackendState(BackendHealth.Down, failure.Text);
                return false;
            default:
                return false;
        }
    }

    public DescriptionTrust Trust { get; } = new();

    /// <summary>What it sent as its description is none: until a better one comes, it counts as down.</summary>
    public BackendState Distrust(string problem) => State = new BackendState(BackendHealth.Down, problem);

    /// <summary>Whether the last answer refused our credential.</summary>
    public bool IsRefused { get; private set; }

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
            State = new BackendState(BackendHealth.Down, failure.Text);
            return new Outcome.Failed(null, WithNextStep(call, null, failure.Text));
        }

        var reply = (HttpReply)result;
        if (!reply.IsSuccess)
        {
            if (Kind.DoubtsDescription(reply))
            {
                Trust.Doubt();
            }

            var seen = Seen(reply);
            if (seen.Health != BackendHealth.Ready)
            {
                State = seen;
            }

            return new Outcome.Failed(Kind.StatusOf(reply), WithNextStep(call, reply.Status, seen.Problem ?? Error(reply)));
        }

        State = Answered();
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

    private BackendState Answered()
    {
        IsRefused = false;
        return BackendState.Ready;
    }

    private BackendState Seen(HttpReply reply)
    {
        IsRefused = reply.Status == 401;
        return Kind.Switch is { } rules && rules.IsOff(reply)
            ? new BackendState(BackendHealth.Disabled, rules.Text)
            : new BackendState(reply.Status == 401 ? BackendHealth.Down : BackendHealth.Ready, Error(reply));
    }

    private string WithNextStep(Call call, int? status, string problem) => Kind.NextStep(call, status) is { } next ? $"{problem} {next}" : problem;

    private string Error(HttpReply reply) => Kind.ReadError(reply, Options.Credential is Credential.Token);
}
