using System.Text.Json.Serialization;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>Who callers are.</summary>
internal sealed record AuthenticationSettings
{
    [Setting("The roles of the person who starts the gateway over stdio: viewer, operator, admin, or names from roles.", MinItems = 1, Example = "[viewer]")]
    public IReadOnlyList<string> LocalRoles { get; init; } = ["admin"];

    /// <summary>The person at this machine: over stdio and at the shell.</summary>
    [JsonIgnore]
    public Caller LocalCaller => Caller.LocalUser with { Roles = LocalRoles };

    [Setting("Whether every request over HTTP needs a credential. Without, it does as soon as there is an API key; until then, programs on this machine may look (role viewer).")]
    public bool Required { get; init; }

    [Setting("Tokens of an authorization server (OAuth 2.1), beside keys. With it, nobody comes in without a credential.")]
    public OAuthSettings? Oauth { get; init; }
}
