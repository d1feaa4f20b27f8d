using Hypergate.Host.Settings.Yaml;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>All of them.</summary>
internal static class EnvironmentVariables
{
    public static IReadOnlyList<EnvironmentVariable> All { get; } =
    [
        new("XO_URL", "Address of one Xen Orchestra, such as `https://xo.example.com`. Required where there is no settings file.", "${env:XO_URL}"),
        new("XO_TOKEN", "Its token. Wins over user name and password.", "${env:XO_TOKEN}"),
        new("XO_USERNAME", "A user of it, where there is no token.", "${env:XO_USERNAME}"),
        new("XO_PASSWORD", "The user's password. May not hold a colon.", "${env:XO_PASSWORD}"),
        new("XO_URL_FILE", "A file that holds `XO_URL`.", "${file:PATH}"),
        new("XO_TOKEN_FILE", "A file that holds `XO_TOKEN`.", "${file:PATH}"),
        new("XO_USERNAME_FILE", "A file that holds `XO_USERNAME`.", "${file:PATH}"),
        new("XO_PASSWORD_FILE", "A file that holds `XO_PASSWORD`.", "${file:PATH}"),
        new("XO_MCP_ENABLE_ACTIONS", "Exactly `1` offers operations that change something. Anything else is read only.", "actions: true"),
        new("XO_MCP_DENY_LIST", "Operations that are not offered, separated by commas, written as in `deny`.", "deny: […]"),
        new("PVE_URL", "Address of a node of one Proxmox VE cluster, such as `https://pve1.example.com:8006`; of several nodes, joined by commas. Beside `XO_URL` it is a second backend.", "${env:PVE_URL}"),
        new("PVE_TOKEN_ID", "The id of its API token, such as `hypergate@pve!gateway`.", "${env:PVE_TOKEN_ID}"),
        new("PVE_TOKEN_SECRET", "The secret of that token.", "${env:PVE_TOKEN_SECRET}"),
        new("PVE_FINGERPRINT", "The SHA-256 fingerprint of the nodes' certificate, as `pvenode cert info` prints it. Else certificates are verified.", "tls: { fingerprint: … }"),
        new("PVE_URL_FILE", "A file that holds `PVE_URL`.", "${file:PATH}"),
        new("PVE_TOKEN_ID_FILE", "A file that holds `PVE_TOKEN_ID`.", "${file:PATH}"),
        new("PVE_TOKEN_SECRET_FILE", "A file that holds `PVE_TOKEN_SECRET`.", "${file:PATH}"),
        new("PVE_FINGERPRINT_FILE", "A file that holds `PVE_FINGERPRINT`.", "${file:PATH}"),
        new("PVE_ENABLE_ACTIONS", "Exactly `1` offers operations of Proxmox VE that change something. Anything else is read only.", "actions: true"),
        new("PVE_DENY_LIST", "Operations of Proxmox VE that are not offered, separated by commas, written as in `deny`.", "deny: […]"),
        new("PXCLOUD_URL", "Address of one PXCloud, such as `https://pxcloud.example.com:8443`. Beside `XO_URL` or `PVE_URL` it is another backend. Operations that change something are offered, and ask for consent.", "${env:PXCLOUD_URL}"),
        new("PXCLOUD_TOKEN", "A JWT for it. Wins over user name and password, and is not renewed.", "${env:PXCLOUD_TOKEN}"),
        new("PXCLOUD_USER", "A user of it, where there is no token. The session is renewed before its end.", "${env:PXCLOUD_USER}"),
        new("PXCLOUD_PASS", "The user's password.", "${env:PXCLOUD_PASS}"),
        new("PXCLOUD_FINGERPRINT", "The SHA-256 fingerprint of its certificate, for one that nobody has signed.", "tls: { fingerprint: … }"),
        new("PXCLOUD_URL_FILE", "A file that holds `PXCLOUD_URL`.", "${file:PATH}"),
        new("PXCLOUD_TOKEN_FILE", "A file that holds `PXCLOUD_TOKEN`.", "${file:PATH}"),
        new("PXCLOUD_USER_FILE", "A file that holds `PXCLOUD_USER`.", "${file:PATH}"),
        new("PXCLOUD_PASS_FILE", "A file that holds `PXCLOUD_PASS`.", "${file:PATH}"),
        new("PXCLOUD_FINGERPRINT_FILE", "A file that holds `PXCLOUD_FINGERPRINT`.", "${file:PATH}"),
        new("PXCLOUD_TLS_VERIFY", "Exactly `false` accepts any certificate, which is dangerous. The default is to verify, other than in `pxcloud-mcp`.", "dangerously_skip_tls_verification: true"),
        new("PXCLOUD_ALLOW_DELETE", "Exactly `true` offers operations of PXCloud that delete, whatever their method. The default is not to, other than in `pxcloud-mcp`.", "pxcloud: { allowDelete: true }"),
        new("PXCLOUD_TOOLS", "The only tags of its description whose operations are offered, separated by commas, compared exactly.", "pxcloud: { tags: […] }"),
        new("HTTP_PROXY", "Proxy for `http` addresses: `http://[user:password@]host:port`. Malformed, it is reported and left out.", null),
        new("HTTPS_PROXY", "Proxy for `https` addresses, written the same.", null),
        new("NO_PROXY", "Hosts that need no proxy, separated by commas: `host`, `.suffix`, `*.suffix`, a range `10.0.0.0/8`, or `*`.", null),
        new("NODE_EXTRA_CA_CERTS", "A PEM file trusted beside the system's certificates, where a backend sets neither `ca` nor `fingerprint`.", null),
        new("HYPERGATE_CONFIG", "The settings file, as `--config`.", null),
        new("HYPERGATE_API_KEY", "One key for `hypergate serve`, for a quick start: at least 24 characters.", null),
        new("HYPERGATE_API_KEY_ROLE", "Its role: `viewer` (the default), `operator`, `admin`, or one of `roles`.", null),
        new("HYPERGATE_KEY", "The key of the secrets store (`hypergate secrets`): 32 bytes in base64, or a passphrase. Else `secrets.key` in the data folder.", null),
        new("HYPERGATE_KEY_FILE", "A file that holds `HYPERGATE_KEY`.", null),
        new("HYPERGATE_APPROVER_KEY", "The API key of the person who decides with `hypergate approvals`; else it is the person at the machine.", null),
        new("HYPERGATE__…", "Any setting by its path, such as `HYPERGATE__AUDIT__RETENTION_DAYS`: [below](#settings-as-variables).", null),
        new("HYPERGATE_DATA", "The data folder (audit, caches). Else `$XDG_DATA_HOME/hypergate` or `~/.local/share/hypergate`.", null),
    ];

    /// <summary>The variables that are set and that a settings file replaces.</summary>
    public static IEnumerable<EnvironmentVariable> ReplacedByFile(SettingsSources sources) =>
        All.Where(variable => variable.InFile is not null && sources.Variable(variable.Name) is not null);

    /// <summary>Warnings for variables that look like one of ours, misspelled. Other programs have variables of their own.</summary>
    public static IEnumerable<string> Misspelled(SettingsSources sources)
    {
        foreach (var name in sources.Environment.Keys)
        {
            if (IsOurs(name) && !SettingVariables.IsOne(name) && NearestName.Find(name, All.Select(static variable => variable.Name)) is { } nearest && nearest != name)
            {
                yield return $"The variable {name} means nothing to the gateway; did you mean {nearest}?";
            }
        }
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("XO_MCP_", StringComparison.Ordinal) || name.StartsWith("PVE_", StringComparison.Ordinal) || name.StartsWith("PXCLOUD_", StringComparison.Ordinal) || name.StartsWith("HYPERGATE_", StringComparison.Ordinal);
}
