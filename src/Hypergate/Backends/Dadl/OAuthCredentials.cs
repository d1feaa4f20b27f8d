using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl;

/// <summary>Tokens by OAuth 2: fetched when one is needed, kept in memory, renewed before they end, one at a time.</summary>
internal sealed class OAuthCredentials(DadlAuth auth, CredentialNames names, PlatformClient client, TimeProvider time) : CallCredentials
{
    private readonly DadlOAuth _oauth = auth.OAuth!;
    private readonly OAuthEndpoint _endpoint = new(auth.OAuth!, names, client, time);
    private readonly SemaphoreSlim _turn = new(1);
    private OAuthToken? _current;
    private string? _given;

    public override string Name => $"credential {CredentialNames.Plain(auth.Credential)} and the token endpoint";

    public override async ValueTask<CredentialAnswer> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } known)
        {
            return new CredentialAnswer(DadlCredentials.Written(auth, known.Value), null);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } made)
            {
                return new CredentialAnswer(DadlCredentials.Written(auth, made.Value), null);
            }

            var answer = await FetchAsync(cancellationToken);
            Volatile.Write(ref _current, answer.Token);
            return answer.Token is null ? new CredentialAnswer(null, answer.Problem) : new CredentialAnswer(DadlCredentials.Written(auth, answer.Token.Value), null);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose() => _turn.Dispose();

    public override bool Drop(CallCredential refused)
    {
        var current = Volatile.Read(ref _current);
        if (current is not null && DadlCredentials.Written(auth, current.Value) is var own && own.Headers.SequenceEqual(refused.Headers) && own.Query.SequenceEqual(refused.Query))
        {
            Interlocked.CompareExchange(ref _current, null, current);
        }

        return true;
    }

    private OAuthToken? Fresh() => Volatile.Read(ref _current) is { } token && token.Ends - _oauth.RenewBefore > time.GetUtcNow() ? token : null;

    private Task<OAuthAnswer> FetchAsync(CancellationToken cancellationToken) => _oauth.Flow switch
    {
        DadlFlow.ClientCredentials => _endpoint.AskAsync([new("grant_type", "client_credentials"), .. Scope()], cancellationToken),
        DadlFlow.JwtBearer => AssertAsync(cancellationToken),
        _ => RefreshAsync(cancellationToken),
    };

    private KeyValuePair<string, string>[] Scope() => _oauth.Scopes.Count == 0 ? [] : [new("scope", string.Join(' ', _oauth.Scopes))];

    private Task<OAuthAnswer> AssertAsync(CancellationToken cancellationToken)
    {
        if (names.Single(_oauth.ServiceAccount!) is not { } text)
        {
            return Task.FromResult(new OAuthAnswer(null, names.Missing(_oauth.ServiceAccount!).Problem));
        }

        return new OAuthAssertion(_oauth, time).Make(text) is { } made
            ? _endpoint.AskAsync(made.Address, made.Form, null, cancellationToken)
            : Task.FromResult(new OAuthAnswer(null, $"Backend {client.Options.Name}: credential {CredentialNames.Plain(_oauth.ServiceAccount!)} is not the JSON key of a service account."));
    }

    // One that is refused may have been replaced, here or by another process of the gateway: then the newer one is tried.
    private async Task<OAuthAnswer> RefreshAsync(CancellationToken cancellationToken)
    {
        var name = _oauth.RefreshToken!;
        var tried = new HashSet<string>(StringComparer.Ordinal);
        OAuthAnswer? answer = null;
        while (answer is null or { IsRefusal: true } && Candidates(name).FirstOrDefault(token => !tried.Contains(token)) is { } refresh)
        {
            tried.Add(refresh);
            answer = await _endpoint.AskAsync([new("grant_type", "refresh_token"), new("refresh_token", refresh)], cancellationToken);
            if (answer.Token?.Refresh is { Length: > 0 } next && next != refresh)
            {
                return await KeptAsync(name, next, answer, cancellationToken);
            }
        }

        return answer is null ? new OAuthAnswer(null, $"{names.Missing(name).Problem}{Login}")
            : answer.IsRefusal ? answer with { Problem = answer.Problem + Login }
            : answer;
    }

    private string Login => _oauth.AuthorizeUrl is null ? "" : $" Run: hypergate backend login {client.Options.Name}.";

    private IEnumerable<string> Candidates(string name) => _given is { } given ? names.Refresh(name).Prepend(given) : names.Refresh(name);

    // Where tokens rotate the old one is dead by now: without the new one in a safe place, the next start could not go on.
    private async Task<OAuthAnswer> KeptAsync(string name, string next, OAuthAnswer answer, CancellationToken cancellationToken)
    {
        _given = next;
        names.Learn(next);
        return _oauth.RotatesRefreshToken && await names.KeepAsync(name, next, cancellationToken) is { } problem
            ? new OAuthAnswer(null, $"Backend {client.Options.Name}: the new refresh token cannot be stored: {problem.TrimEnd('.')}.")
            : answer;
    }
}
