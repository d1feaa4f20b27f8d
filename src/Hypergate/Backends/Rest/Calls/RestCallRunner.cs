using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Runs calls of operations that come with rules of their own.</summary>
internal sealed partial class RestCallRunner(PlatformClient client, CallCredentials credentials, RestCallSettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestTransfer = TimeSpan.FromMinutes(10);

    private readonly CallSender _sender = new(client, credentials, settings.CredentialHosts, time);

    private BackendServices Services => client.Options.Services;

    public async Task<RestEnd> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var rules = call.Operation.Rules!;
        if (rules.Unavailable is { } reason)
        {
            return RestEnd.Refused($"{call.Operation.Name} is not available: {reason}.");
        }

        if (rules.Composite is not null)
        {
            return await new CompositeCalls(call, Services, settings.Delegates, time).RunAsync(cancellationToken);
        }

        if (rules.Origin is null && client.ApiAddress.Host == PlatformUrls.None.First.Host)
        {
            return RestEnd.Refused($"Backend {client.Options.Name} has no address; set url.");
        }

        if (rules.Files.Count > 0 || rules.UploadArgument is not null)
        {
            (call, var missing) = await new FileFetch(client, settings, time).ResolveAsync(call, cancellationToken);
            if (missing is not null)
            {
                return RestEnd.Refused($"{missing} Nothing was sent.");
            }
        }

        if (rules.UploadArgument is { } upload && call.Arguments.TryGetProperty(upload, out var named) && Services.Files?.Find(named.ToString(), call.Caller.Name) is { } large && large.Size > settings.LargestUpload)
        {
            return RestEnd.Refused($"'{upload}' has {large.Size} bytes; {settings.LargestUpload} are the most that is sent (maxUploadGigabytes). Nothing was sent.");
        }

        if (CallRequest.Build(call, client.ApiAddress, CallFiles.Of(call, Services.Files), out var problem) is not { } request)
        {
            return RestEnd.Refused($"{problem} Nothing was sent.");
        }

        request = request with { TimeLimit = LimitFor(call), Receive = new AnswerStreams(call, Services.Files, settings, time).ReceiveAsync };
        return rules.Health is { } health ? await CheckAsync(request, rules, health, cancellationToken) : await SendAsync(call, request, cancellationToken);
    }

    public void Dispose()
    {
        _sender.Dispose();
        credentials.Dispose();
    }

    private TimeSpan LimitFor(Call call)
    {
        var limit = settings.TimeLimitOf(call.Operation) ?? client.Options.LimitFor(call.Operation);
        var isLong = call.Operation.Rules!.Response is { IsFile: true } or { IsStream: true } || call.Operation.Rules.UploadArgument is not null;
        return isLong && limit < LongestTransfer ? LongestTransfer : limit;
    }

    private async Task<RestEnd> CheckAsync(HttpRequestSpec request, CallRules rules, HealthRules health, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var sent = await _sender.SendAsync(request with { TimeLimit = health.TimeLimit, Receive = null }, rules with { Errors = new ErrorRules { MostRetries = 0 } }, cancellationToken);
        return new RestEnd(new Outcome.Done(HealthCheck.Judge(health, sent, time.GetElapsedTime(started), time.GetUtcNow())));
    }

    private async Task<RestEnd> SendAsync(Call call, HttpRequestSpec request, CancellationToken cancellationToken)
    {
        Sent sent;
        try
        {
            sent = await _sender.SendAsync(request, call.Operation.Rules!, cancellationToken);
        }
        catch (IOException exception)
        {
            return RestEnd.Failed(new CallError("too_large", exception.Message));
        }

        return sent switch
        {
            { Problem: { Code: "refused" } refusal } => new RestEnd(new Outcome.Refused("credentials", $"{refusal.Message} Nothing was sent.")),
            { Problem: { } held } => RestEnd.Failed(held),
            { Result: TransportFailure failure } => RestEnd.Failed(CallErrors.Of(failure) with { Attempts = sent.Attempts }, new BackendState(BackendHealth.Down, failure.Text)),
            { Result: HttpReply { IsSuccess: false } reply } => Failed(call, reply, sent.Attempts),
            _ => await DoneAsync(call, request, (HttpReply)sent.Result, [.. sent.Notices], cancellationToken),
        };
    }

    private RestEnd Failed(Call call, HttpReply reply, int attempts)
    {
        var error = CallErrors.Of(reply, call.Operation.Rules!.Errors) with { Attempts = attempts };
        error = reply.Status switch
        {
            401 => error with { Message = $"{error.Message.TrimEnd('.')}. Check {credentials.Name} of backend {client.Options.Name}" },
            404 when error.Message.StartsWith("HTTP 404", StringComparison.Ordinal) && NewerVersion().Match(call.Operation.Description) is { Success: true } match => error with { Message = $"{error.Message.TrimEnd('.')}. {call.Operation.Name} needs {match.Value.TrimEnd('+')} or later" },
            _ => error,
        };
        return RestEnd.Failed(error, reply.Status == 401 ? new BackendState(BackendHealth.Down, error.Message) : BackendState.Ready);
    }

    private async Task<RestEnd> DoneAsync(Call call, HttpRequestSpec request, HttpReply reply, List<string> notices, CancellationToken cancellationToken)
    {
        if (AnswerReader.Read(call, reply, out var body, out var isJson) is { } unreadable)
        {
            return RestEnd.Failed(unreadable, BackendState.Ready);
        }

        var rules = call.Operation.Rules!;
        if (reply.IsReceived && body.ValueKind != JsonValueKind.Array)
        {
            return Ended(reply, body, notices);
        }

        // What was heard of a stream is a list.
        var value = reply.IsReceived ? body : await ResultAsync(call, request, reply, (body, isJson), notices, cancellationToken);
        var (result, error) = await new AnswerPipeline(Services.Transform, settings.PassesFailedTransforms).FinishAsync(call, value, isJson, reply.IsReceived, notices, cancellationToken);
        return error is null ? Ended(reply, result, notices) : RestEnd.Failed(error with { HttpStatus = null }, BackendState.Ready);
    }

    private async Task<JsonElement> ResultAsync(Call call, HttpRequestSpec request, HttpReply reply, (JsonElement Value, bool IsJson) body, List<string> notices, CancellationToken cancellationToken)
    {
        var rules = call.Operation.Rules!;
        if (rules.Paging is { IsAutomatic: true } paging && body.IsJson && call.Operation.Method == "GET" && !Pages.IsChosen(call, paging.PositionArgument))
        {
            return await new PageFollower(call, client, _sender, Services.Files, time).FollowAsync(reply, body.Value, request, notices, cancellationToken);
        }

        var value = body.IsJson && body.Value.ValueKind != JsonValueKind.Undefined ? AnswerPipeline.Select(body.Value, rules.Response, notices) : body.Value;
        if (rules.Paging is not null && body.IsJson && Pages.More(call, reply, body.Value, value) is { } more)
        {
            notices.Add(more);
        }

        return value;
    }

    private static RestEnd Ended(HttpReply reply, JsonElement value, List<string> notices) => new(
        new Outcome.Done(value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : value)
        {
            Status = reply.Status,
            Bytes = reply.WireBytes,
            Warnings = notices,
        },
        BackendState.Ready);

    [GeneratedRegex(@"\b[A-Z][A-Za-z-]* \d+\.\d+\+", RegexOptions.None, 1000)]
    private static partial Regex NewerVersion();
}
