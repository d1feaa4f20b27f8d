using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends;

/// <summary>A credential for a platform: a token, or user name and password. Checked settings hold what their kind of platform takes.</summary>
public sealed record BackendSettingsAuth
{
    [Setting("A token of the platform; for Xen Orchestra one made on the user's page or with xo-cli create-token.", Example = "\"${env:XO_TOKEN}\"")]
    public Secret? Token { get; init; }

    [Setting("The id of an API token of Proxmox VE: user, realm and name of the token.", Example = "hypergate@pve!gateway")]
    public string? TokenId { get; init; }

    [Setting("The secret of that API token, a UUID that Proxmox VE shows once.", Example = "\"${file:/run/secrets/pve}\"")]
    public Secret? TokenSecret { get; init; }

    [Setting("A user of the platform; for Proxmox VE with its realm.", Example = "admin@example.com")]
    public string? Username { get; init; }

    [Setting("The user's password. Xen Orchestra cuts it at its first colon, so it may not hold one.", Example = "\"${file:/run/secrets/xo-password}\"")]
    public Secret? Password { get; init; }

    [Setting("For rest, keys and tokens by the names of the document's security schemes, where one token does not fit all of them; for dadl, credentials by the names that the file gives them.", Example = "{ api_key: \"${env:SHOP_KEY}\" }")]
    public IReadOnlyDictionary<string, Secret>? Keys { get; init; }
}
