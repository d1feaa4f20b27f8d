using System.Text;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl;

/// <summary>The credential of a backend in the form that its file wants.</summary>
/// <param name="auth">The file's words, which a reload may change.</param>
/// <param name="client">The backend, for logins.</param>
/// <param name="time">The clock of lifetimes.</param>
internal sealed class DadlCredentials(Func<DadlAuth> auth, PlatformClient client, TimeProvider time) : CallCredentials
{
    private readonly CredentialNames _names = new(client.Options.Name, (Credential.Several)client.Options.Credential);
    private readonly Lock _making = new();
    private (DadlAuth Auth, CallCredentials Made)? _renewable;

    public override string Name => auth() switch
    {
        { Kind: DadlAuthKind.OAuth2 or DadlAuthKind.Session } renewable => Renewable(renewable).Name,
        { Credential: DadlAuth.NoCredential } => "the credential, which the file says is none,",
        var plain => $"credential {CredentialNames.Plain(plain.Credential)}",
    };

    public override ValueTask<CredentialAnswer> GetAsync(CancellationToken cancellationToken)
    {
        var current = auth();
        return current.Kind is DadlAuthKind.OAuth2 or DadlAuthKind.Session
            ? Renewable(current).GetAsync(cancellationToken)
            : ValueTask.FromResult(Plain(current));
    }

    public override void Dispose() => _renewable?.Made.Dispose();

    public override bool Drop(CallCredential refused) => auth() is { Kind: DadlAuthKind.OAuth2 or DadlAuthKind.Session } current && Renewable(current).Drop(refused);

    public override void Note(CallCredential used, HttpReply reply)
    {
        if (auth() is { Kind: DadlAuthKind.Session } current)
        {
            Renewable(current).Note(used, reply);
        }
    }

    /// <summary>A value where the file wants it.</summary>
    public static CallCredential Written(DadlAuth auth, string value) => auth.Query is { } query
        ? new CallCredential([], [new(query, auth.Prefix + value)])
        : new CallCredential([new(auth.Header ?? "Authorization", auth.Prefix + value)], []);

    private CredentialAnswer Plain(DadlAuth current)
    {
        if (current.Credential == DadlAuth.NoCredential)
        {
            return new CredentialAnswer(CallCredential.None, null);
        }

        if (current.Kind == DadlAuthKind.Basic)
        {
            return Basic(current);
        }

        return _names.Single(current.Credential) is { } value ? new CredentialAnswer(Written(current, value), null) : _names.Missing(current.Credential);
    }

    private CredentialAnswer Basic(DadlAuth current)
    {
        if (_names.User(current.Credential) is not { } user)
        {
            return _names.Missing(current.Credential);
        }

        var password = current.Password is { } name ? _names.Password(name) : "";
        return password is null
            ? _names.Missing(current.Password!)
            : new CredentialAnswer(new CallCredential([new("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}")], []), null);
    }

    // One for as long as the file says the same, so that its tokens last.
    private CallCredentials Renewable(DadlAuth current)
    {
        lock (_making)
        {
            if (_renewable is not { } known || known.Auth != current)
            {
                _renewable = known = (current, current.Kind == DadlAuthKind.OAuth2 ? new OAuthCredentials(current, _names, client, time) : new SessionCredentials(current.Session!, _names, client, time));
            }

            return known.Made;
        }
    }
}
