using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends;

/// <summary>A credential for a platform: a token, or user name and password. Checked settings hold at least one of both.</summary>
public sealed record BackendSettingsAuth
{
    [Setting("A token of the platform; for Xen Orchestra one made on the user's page or with xo-cli create-token.", Example = "\"${env:XO_TOKEN}\"")]
    public Secret? Token { get; init; }

    [Setting("A user of the platform.", Example = "admin@example.com")]
    public string? Username { get; init; }

    [Setting("The user's password. Xen Orchestra cuts it at its first colon, so it may not hold one.", Example = "\"${file:/run/secrets/xo-password}\"")]
    public Secret? Password { get; init; }
}
