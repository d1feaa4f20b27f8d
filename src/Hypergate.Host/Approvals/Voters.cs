using Hypergate.Governance.Confirmation.Approvals;
using Hypergate.Host.Authentication;
using Hypergate.Host.Authentication.OAuth;
using Hypergate.Host.Settings;
using Hypergate.Model;

namespace Hypergate.Host.Approvals;

/// <summary>Finds as whom somebody who has voted could come at this moment (decision 230).</summary>
/// <param name="keys">The API keys.</param>
/// <param name="settings">Of who sits at this machine, and of issuers of tokens.</param>
/// <param name="time">For the ends of keys.</param>
internal sealed class Voters(IApiKeyShelf keys, AuthenticationSettings settings, TimeProvider time)
{
    /// <summary>The environment of the server that keys may come from; null in commands beside it, which cannot know.</summary>
    public SettingsSources? Server { get; init; }

    /// <exception cref="IOException">The keys cannot be read.</exception>
    public async Task<VoterStanding> FindAsync(ApprovalVote vote, CancellationToken cancellationToken)
    {
        if (vote.By == Caller.LocalUser.Name)
        {
            return new([settings.LocalCaller]);
        }

        if (ApiKey.IdOf(vote.AuthenticatedBy) is { } id)
        {
            await keys.RefreshAsync(cancellationToken);
            return OfKey(id, keys.Read());
        }

        return vote.AuthenticatedBy == EnvironmentKey.Variable && Server is not null
            ? EnvironmentKey.CallerIn(Server) is { } holder ? new([holder]) : new([], $"the gateway has no {EnvironmentKey.Variable} any more")
            : OAuthSignIn.IssuerOf(vote.AuthenticatedBy) is { } issuer && settings.Oauth?.Issuers.Any(known => known.Issuer == issuer) != true
                ? new([], $"tokens of {issuer} are accepted no longer")
                : new([new Caller(vote.By, vote.Roles)]);
    }

    // A key that was taken away takes its word along, even where its holder has got another since. One that was rotated has not been.
    private VoterStanding OfKey(string id, IReadOnlyList<ApiKey> all)
    {
        var now = time.GetUtcNow();
        if (all.FirstOrDefault(key => key.Id == id) is not { } used)
        {
            return new([], $"the API key {id} is gone");
        }

        var callers = used is { Revoked: null, Disabled: null } ? all.Where(key => key.Name == used.Name && key.IsValid(now)).Select(static key => key.Caller).ToList() : [];
        return new(callers, callers.Count == 0 ? used.EndAt(now) : null);
    }
}
