namespace Hypergate.Tests.Host.Settings;

public sealed class ProxmoxEnvironmentTests : IDisposable
{
    private const string Secret = "01234567-89ab-cdef-0123-456789abcdef";
    private static readonly (string, string)[] Pve = [("PVE_URL", "https://pve1.example.com:8006"), ("PVE_TOKEN_ID", "hypergate@pve!gateway"), ("PVE_TOKEN_SECRET", Secret)];

    private readonly SettingsFolder _folder = new();

    [Fact]
    public void Three_variables_are_one_cluster_that_is_only_read()
    {
        var backend = Assert.Single(_folder.Load(Pve).Settings.Backends);

        Assert.Equal(("pve", "proxmox-ve", "https://pve1.example.com:8006/"), (backend.Name, backend.Kind, backend.Url.First.AbsoluteUri));
        Assert.Equal(("hypergate@pve!gateway", Secret), (backend.Auth.TokenId, backend.Auth.TokenSecret?.Reveal()));
        Assert.False(backend.Actions);
        Assert.True(_folder.Load([.. Pve, ("PVE_ENABLE_ACTIONS", "1")]).Settings.Backends[0].Actions);
    }

    [Fact]
    public void Beside_a_xen_orchestra_it_is_a_second_backend() => Assert.Equal(
        ["xo", "pve"],
        _folder.Load([.. Pve, ("XO_URL", "https://xo.example.com"), ("XO_TOKEN", "t")]).Settings.Backends.Select(static backend => backend.Name));

    [Fact]
    public void Several_nodes_are_joined_by_commas() => Assert.Equal(
        ["https://pve1:8006/", "https://pve2:8006/"],
        _folder.Load([("PVE_URL", "https://pve1:8006, https://pve2:8006"), .. Pve[1..]]).Settings.Backends[0].Url.All.Select(static url => url.AbsoluteUri));

    [Theory]
    [InlineData("PVE_TOKEN_ID", "root@pam", "PVE_TOKEN_ID must be USER@REALM!NAME, such as hypergate@pve!gateway")]
    [InlineData("PVE_TOKEN_ID", "root@pam!x=y", "PVE_TOKEN_ID must be USER@REALM!NAME, such as hypergate@pve!gateway")]
    [InlineData("PVE_TOKEN_SECRET", "swordfish", "PVE_TOKEN_SECRET must be the UUID that Proxmox VE showed when the token was made, such as 01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("PVE_TOKEN_SECRET", "", "Set both PVE_TOKEN_ID and PVE_TOKEN_SECRET (PVE_TOKEN_SECRET is missing)")]
    [InlineData("PVE_TOKEN_ID", "", "Set both PVE_TOKEN_ID and PVE_TOKEN_SECRET (PVE_TOKEN_ID is missing)")]
    [InlineData("PVE_URL", "https://pve1:8006/api2/json", "PVE_URL must be the address without /api2/json, such as https://xo.example.com")]
    [InlineData("PVE_URL", "pve1", "PVE_URL must be an http or https address such as https://xo.example.com, but is \"pve1\"")]
    public void A_mistake_is_told_by_the_name_of_its_variable(string variable, string value, string message) =>
        Assert.Equal(message, _folder.Refusal([.. Pve.Where(pair => pair.Item1 != variable), (variable, value)]));

    [Fact]
    public void A_file_may_name_several_nodes_and_a_password()
    {
        var backend = _folder.LoadFile("""
            backends:
              - name: lab
                kind: proxmox-ve
                url: [https://pve1:8006, https://pve2:8006]
                auth:
                  username: op@pve
                  password: 12345
            """).Settings.Backends[0];

        Assert.Equal(2, backend.Url.All.Count);
        Assert.Equal(("op@pve", "12345"), (backend.Auth.Username, backend.Auth.Password?.Reveal()));
    }

    [Theory]
    [InlineData("username: op\n      password: p", "8: backends[0].auth.username must name the realm too, such as root@pam or hypergate@pve")]
    [InlineData("tokenId: a@pve!xy", "6: backends[0].auth.tokenSecret is missing beside tokenId")]
    [InlineData("token: t", "7: backends[0].auth.token must be USER@REALM!NAME=SECRET; better write tokenId and tokenSecret")]
    public void What_a_credential_must_be_is_the_kinds_own_rule(string auth, string message)
    {
        var refusal = _folder.RefusalOf($"backends:\n  - name: lab\n    kind: proxmox-ve\n    url: https://pve1:8006\n\n    auth:\n      {auth}\n");

        Assert.EndsWith(message[3..], refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
