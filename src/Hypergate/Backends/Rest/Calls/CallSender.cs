using System.Security.Cryptography;
using Hypergate.Backends.Http;
using Hypergate.Model;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Sends a request with its credential, and again as the rules of its call say.</summary>
internal sealed class CallSender(PlatformClient client, CallCredentials credentials, IReadOnlyList<string> credentialHosts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly RateGate _gate = new(time);
    private readonly ForeignHosts _foreign = new(client, time);

    public async Task<Sent> SendAsync(HttpRequestSpec request, CallRules rules, CancellationToken cancellationToken)
    {
        var (attempt, isRenewed, started) = (0, false, time.GetTimestamp());
        var isRepeatable = request.Method is not ("POST" or "PATCH") || rules.IdempotencyHeader is not null || rules.MayRepeatWrite;
        while (true)
        {
            if (_gate.Wait is var held && held > TimeSpan.Zero)
            {
                if (held > LongestCall - time.GetElapsedTime(started))
                {
                    return new Sent(Nothing, attempt) { Problem = new CallError("rate_limited", "The API's quota is used up") { RetryAfter = held } };
                }

                await Task.Delay(held, time, cancellationToken);
                attempt++;
            }

            var (result, used, problem) = await SendOnceAsync(request, cancellationToken);
            if (problem is not null)
            {
                return new Sent(Nothing, attempt) { Problem = new CallError("refused", problem) };
            }

            if (result is HttpReply { Status: 401 } && !isRenewed && used is not null && credentials.Drop(used))
            {
                isRenewed = true;
                continue;
            }

            if (result is HttpReply reply)
            {
                _gate.Note(rules.Errors, reply);
                if (used is not null)
                {
                    credentials.Note(used, reply);
                }
            }

            if (!MayPass(result!, rules.Errors, isRepeatable) || attempt >= rules.Errors.MostRetries)
            {
                return Ended(result!, rules, attempt + 1);
            }

            var wait = WaitAfter(result!, rules.Errors, attempt);
            if (wait > LongestCall - time.GetElapsedTime(started))
            {
                return Ended(result is HttpReply late ? late with { RetryAfter = wait } : result!, rules, attempt + 1);
            }

            await Task.Delay(wait, time, cancellationToken);
            attempt++;
        }
    }

    public void Dispose() => _foreign.Dispose();

    private static TransportFailure Nothing { get; } = new(FailureKind.Refused, "Nothing was sent.");

    private async Task<(HttpResult? Result, CallCredential? Used, string? Problem)> SendOnceAsync(HttpRequestSpec request, CancellationToken cancellationToken)
    {
        var isOwn = Origin.Same(request.Address, client.ApiAddress);
        if (!isOwn && !credentialHosts.Contains(request.Address.Host, StringComparer.OrdinalIgnoreCase))
        {
            return (await _foreign.SendAsync(request, cancellationToken), null, null);
        }

        var answer = await credentials.GetAsync(cancellationToken);
        if (answer.Value is not { } credential)
        {
            return (null, null, answer.Problem);
        }

        var complete = With(request, credential);
        return (isOwn ? await client.SendAsync(complete, cancellationToken) : await _foreign.SendAsync(complete, cancellationToken), credential, null);
    }

    // One header for all cookies: some servers look at the first alone.
    private static HttpRequestSpec With(HttpRequestSpec request, CallCredential credential)
    {
        var headers = request.Headers.Where(header => !credential.Headers.Any(own => own.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase))).Concat(credential.Headers);
        var query = string.Join('&', credential.Query.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return request with
        {
            Headers = [.. headers],
            Address = query.Length == 0 ? request.Address : new Uri($"{request.Address.AbsoluteUri}{(request.Address.Query.Length == 0 ? "?" : "&")}{query}"),
        };
    }

    private static bool MayPass(HttpResult result, ErrorRules rules, bool isRepeatable) => result switch
    {
        TransportFailure { MayPass: true } or TransportFailure { Kind: FailureKind.Refused or FailureKind.Dns } => true,
        TransportFailure { Kind: FailureKind.Timeout or FailureKind.Reset or FailureKind.Truncated } => isRepeatable,
        HttpReply reply => isRepeatable && rules.RetryOn.Contains(reply.Status) && !rules.Terminal.Contains(reply.Status),
        _ => false,
    };

    private TimeSpan WaitAfter(HttpResult result, ErrorRules rules, int attempt)
    {
        var plain = rules.Growth switch
        {
            RetryGrowth.Linear => rules.FirstDelay * (attempt + 1),
            RetryGrowth.Fixed => rules.FirstDelay,
            _ => rules.FirstDelay * Math.Pow(2, attempt),
        };
        var varied = (plain < LongestWait ? plain : LongestWait) * (0.8 + (RandomNumberGenerator.GetInt32(401) / 1000.0));
        var asked = (result as HttpReply)?.RetryAfter ?? (rules.ResetHeader is { } reset && result is HttpReply { Status: 429 } reply ? _gate.After(reply.Header(reset)) : null);
        return asked > varied ? asked.Value : varied;
    }

    // A success that only meant "not yet" is what there is when the tries are used up.
    private static Sent Ended(HttpResult result, CallRules rules, int attempts) => new(result, attempts)
    {
        Notices = result is HttpReply { IsSuccess: true } reply && rules.Errors.RetryOn.Contains(reply.Status)
            ? [$"The API still answers {reply.Status}, which means that the result is not ready; call again later."]
            : [],
    };
}
