using System.Text.Json.Serialization;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>Tokens of an authorization server instead of keys of our own.</summary>
internal sealed record OAuthSettings
{
    [Setting("The address of MCP here as clients know it. Tokens must be meant for it.", Example = "https://gateway.example.com/mcp")]
    public required Uri Resource { get; init; }

    [Setting("Who issues tokens.", MinItems = 1)]
    public required IReadOnlyList<OAuthIssuerSettings> Issuers { get; init; }

    [Setting("What tokens may name as their audience.", DefaultText = "the resource", Example = "[hypergate]")]
    public IReadOnlyList<string> Audiences { get; init; } = [];

    [Setting("Scopes that a token needs to come in.", Example = "[mcp]")]
    public IReadOnlyList<string> Scopes { get; init; } = [];

    [Setting("The claim that says what a caller may do: a text with blanks between, or a list. Dots lead into objects.", Example = "realm_access.roles")]
    public string RoleClaim { get; init; } = "roles";

    [Setting("The role for each value of that claim: viewer, operator, admin, or one of roles. Other values give nothing.", Example = "{ vm-admins: admin, helpdesk: viewer }")]
    public IReadOnlyDictionary<string, string> Roles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Setting("The roles of whoever has a good token but no value of the claim that is known here.", DefaultText = "none: refused", Example = "[viewer]")]
    public IReadOnlyList<string> DefaultRoles { get; init; } = [];

    [Setting("How far clocks may differ, in seconds.", Minimum = 0, Maximum = 300)]
    public int ClockSkewSeconds { get; init; } = 60;
}

/// <summary>One authorization server.</summary>
internal sealed record OAuthIssuerSettings
{
    [Setting("Exactly as it stands in its tokens.", Example = "https://login.example.com/realms/team")]
    public required string Issuer { get; init; }

    [Setting("Where its keys are.", DefaultText = "as the issuer's metadata says", Example = "https://login.example.com/realms/team/keys")]
    public Uri? Jwks { get; init; }

    [Setting("The only signatures that count.", Values = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"], DefaultText = "all of these")]
    public IReadOnlyList<string> Algorithms { get; init; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    [Setting("Whether it may be at an address of a private network.")]
    public bool PrivateNetwork { get; init; }

    [Setting("Whether it may be on this machine, in clear text. For tests.")]
    [JsonPropertyName("dangerously_allow_loopback")]
    public bool DangerouslyAllowLoopback { get; init; }
}
