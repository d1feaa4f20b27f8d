using Hypergate.Backends;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Settings;

public sealed class EnvironmentSettingsTests : IDisposable
{
    private const string Address = "https://xo.example.com";
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_url_and_a_token_are_enough_for_one_backend_called_xo()
    {
        var reading = _folder.Load(("XO_URL", Address), ("XO_TOKEN", "t0ken"));

        var backend = Assert.Single(reading.Settings.Backends);
        Assert.Equal(("xo", "xen-orchestra", new Uri(Address)), (backend.Name, backend.Kind, backend.Url.First));
        Assert.Equal("t0ken", backend.Auth.Token?.Reveal());
        Assert.Null(reading.File);
        Assert.Empty(reading.Warnings);
    }

    [Theory]
    [InlineData("${XO_TOKEN}")]
    [InlineData("${env:XO_TOKEN}")]
    [InlineData("${input:hypergate-xo-token}")]
    public void A_reference_that_an_assistant_did_not_fill_in_is_named_and_is_no_token(string reference)
    {
        var problem = Assert.Throws<SettingsException>(() => Load(("XO_TOKEN", reference)));

        Assert.Contains($"XO_TOKEN is still the reference {reference}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void User_name_and_password_are_used_where_there_is_no_token()
    {
        var auth = Load(("XO_TOKEN", ""), ("XO_USERNAME", "admin"), ("XO_PASSWORD", "swordfish")).Auth;

        Assert.Equal((null, "admin", "swordfish"), (auth.Token, auth.Username, auth.Password?.Reveal()));
    }

    [Fact]
    public void A_token_wins_and_the_rest_is_not_even_looked_at()
    {
        var auth = Load(("XO_TOKEN", "t0ken"), ("XO_USERNAME", "a:b"), ("XO_PASSWORD", "c:d")).Auth;

        Assert.Equal(new BackendSettingsAuth { Token = new("t0ken") }, auth);
    }

    [Theory]
    [InlineData("https://xo.example.com", "https://xo.example.com/")]
    [InlineData("https://xo.example.com/", "https://xo.example.com/")]
    [InlineData("https://xo.example.com///", "https://xo.example.com/")]
    [InlineData(" http://localhost:8080/base/path// ", "http://localhost:8080/base/path")]
    [InlineData("HTTPS://[::1]:8443/xo", "https://[::1]:8443/xo")]
    public void Slashes_at_the_end_of_the_address_go_and_its_path_stays(string written, string read) =>
        Assert.Equal(read, _folder.Load(("XO_URL", written), ("XO_TOKEN", "t")).Settings.Backends[0].Url.First.AbsoluteUri);

    [Theory]
    [InlineData("xo.example.com", "XO_URL must be an http or https address such as https://xo.example.com, but is \"xo.example.com\"")]
    [InlineData("ftp://xo.example.com", "XO_URL must be an http or https address such as https://xo.example.com, but is \"ftp://xo.example.com\"")]
    [InlineData("https://", "XO_URL must be an http or https address such as https://xo.example.com, but is \"https://\"")]
    [InlineData("/rest/v0", "XO_URL must be an http or https address such as https://xo.example.com, but is \"/rest/v0\"")]
    [InlineData("https://me:swordfish@xo.example.com", "XO_URL must not hold a user name or password; write the address alone, such as https://xo.example.com, and the credential beside it")]
    [InlineData("https://me:sword/fish@xo.example.com", "XO_URL must be an http or https address such as https://xo.example.com")]
    [InlineData("https://xo.example.com/?a=b", "XO_URL must not hold a query or a fragment; write the address alone, such as https://xo.example.com")]
    [InlineData("https://xo.example.com/#", "XO_URL must not hold a query or a fragment; write the address alone, such as https://xo.example.com")]
    [InlineData("https://xo.example.com/rest/v0/", "XO_URL must be the address without /rest/v0, such as https://xo.example.com")]
    public void A_bad_address_is_refused_without_showing_a_password(string url, string message) =>
        Assert.Equal(message, _folder.Refusal(("XO_URL", url), ("XO_TOKEN", "t")));

    [Fact]
    public void Without_an_address_the_message_names_the_variable_and_the_other_way()
    {
        Assert.StartsWith("XO_URL is required", _folder.Refusal(), StringComparison.Ordinal);
        Assert.StartsWith("XO_URL is required", _folder.Refusal(("XO_URL", ""), ("XO_TOKEN", "t")), StringComparison.Ordinal);
        Assert.Contains("hypergate.yaml", _folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_credential_the_message_names_both_ways()
    {
        Assert.Equal("Set either XO_TOKEN or both XO_USERNAME and XO_PASSWORD", _folder.Refusal(("XO_URL", Address)));
        Assert.Equal(
            "Set either XO_TOKEN or both XO_USERNAME and XO_PASSWORD (XO_PASSWORD is missing)",
            _folder.Refusal(("XO_URL", Address), ("XO_USERNAME", "admin")));
        Assert.Equal(
            "Set either XO_TOKEN or both XO_USERNAME and XO_PASSWORD (XO_USERNAME is missing)",
            _folder.Refusal(("XO_URL", Address), ("XO_PASSWORD", "p")));
    }

    [Theory]
    [InlineData("abc def", "XO_TOKEN cannot be a token: it holds a blank at position 4")]
    [InlineData("abc\n", "XO_TOKEN cannot be a token: it holds a line break at position 4")]
    [InlineData("a;b", "XO_TOKEN cannot be a token: it holds the character ; at position 2")]
    [InlineData("\"quoted\"", "XO_TOKEN cannot be a token: it holds the character \" at position 1")]
    [InlineData("a\\b", "XO_TOKEN cannot be a token: it holds the character \\ at position 2")]
    [InlineData("ä", "XO_TOKEN cannot be a token: it holds a character outside ASCII at position 1")]
    [InlineData("a\u0001", "XO_TOKEN cannot be a token: it holds a control character at position 2")]
    public void A_token_that_no_cookie_can_carry_is_refused(string token, string message) =>
        Assert.Equal(message, _folder.Refusal(("XO_URL", Address), ("XO_TOKEN", token)));

    [Fact]
    public void A_token_may_hold_every_character_of_the_cookie_grammar()
    {
        var all = string.Concat(Enumerable.Range(0x21, 0x7E - 0x20).Select(static code => (char)code).Except(['"', ',', ';', '\\']));

        Assert.Equal(all, Load(("XO_TOKEN", all)).Auth.Token?.Reveal());
    }

    [Theory]
    [InlineData("admin", "sword:fish", "XO_PASSWORD must not hold a colon: Xen Orchestra cuts a password there; use a token, or change the password")]
    [InlineData("ad:min", "swordfish", "XO_USERNAME must not hold a colon: it would end there")]
    [InlineData("admin", "sword\nfish", "XO_PASSWORD must not hold a line break")]
    [InlineData("admin", "sword\0fish", "XO_PASSWORD must not hold a control character")]
    [InlineData("admin\r", "swordfish", "XO_USERNAME must not hold a line break")]
    public void A_user_name_or_password_that_would_not_arrive_is_refused(string username, string password, string message) =>
        Assert.Equal(message, _folder.Refusal(("XO_URL", Address), ("XO_USERNAME", username), ("XO_PASSWORD", password)));

    [Theory]
    [InlineData("1", true, false)]
    [InlineData("0", false, false)]
    [InlineData("false", false, false)]
    [InlineData("", false, false)]
    [InlineData("true", false, true)]
    [InlineData(" 1", false, true)]
    [InlineData("yes", false, true)]
    public void Only_exactly_1_switches_actions_on(string value, bool actions, bool warns)
    {
        var reading = _folder.Load(("XO_URL", Address), ("XO_TOKEN", "t"), ("XO_MCP_ENABLE_ACTIONS", value));

        Assert.Equal(actions, reading.Settings.Backends[0].Actions);
        Assert.Equal(warns, reading.Warnings.Any(static warning => warning.StartsWith("XO_MCP_ENABLE_ACTIONS is ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_deny_list_is_split_at_commas_and_trimmed()
    {
        Assert.Equal("DeleteVm|HardShutdownVm|vms.*", string.Join('|', Load(("XO_TOKEN", "t"), ("XO_MCP_DENY_LIST", " DeleteVm, HardShutdownVm,,vms.* ")).Deny));
        Assert.Empty(Load(("XO_TOKEN", "t"), ("XO_MCP_DENY_LIST", " , ")).Deny);
    }

    [Fact]
    public void A_deny_list_that_would_deny_nothing_is_refused() => Assert.Equal(
        "XO_MCP_DENY_LIST must be an operation's name such as DeleteVm, domain.name, or a pattern with *, but is \"DeleteVm;HardShutdownVm\"",
        _folder.Refusal(("XO_URL", Address), ("XO_TOKEN", "t"), ("XO_MCP_DENY_LIST", "GetVms,DeleteVm;HardShutdownVm")));

    [Fact]
    public void Values_can_lie_in_files()
    {
        _folder.Secret("url", $"{Address}\n");
        var token = _folder.Secret("token", "t0ken\r\n");

        var backend = _folder.Load(("XO_URL_FILE", "url"), ("XO_TOKEN_FILE", token)).Settings.Backends[0];

        Assert.Equal((new Uri(Address), "t0ken"), (backend.Url.First, backend.Auth.Token?.Reveal()));
    }

    [Fact]
    public void A_value_and_a_file_for_it_are_one_too_many() => Assert.Equal(
        "XO_TOKEN and XO_TOKEN_FILE are both set; keep one of them",
        _folder.Refusal(("XO_URL", Address), ("XO_TOKEN", "t"), ("XO_TOKEN_FILE", "x")));

    [Fact]
    public void A_file_that_cannot_be_read_is_told_apart()
    {
        var empty = _folder.Secret("empty", "\n");
        var missing = Path.Combine(_folder.Path, "missing");

        Assert.Equal($"XO_TOKEN_FILE needs the file {missing}, which does not exist", RefusalOfFile(missing));
        Assert.Equal($"XO_TOKEN_FILE needs the file {empty}, which is empty", RefusalOfFile(empty));
        Assert.Equal($"XO_TOKEN_FILE needs the file {_folder.Path}, which is a folder", RefusalOfFile(_folder.Path));
        Assert.EndsWith("which is longer than 65536 bytes", RefusalOfFile(_folder.Secret("long", new string('x', 70_000))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_secret_that_others_may_read_or_change_is_refused(UnixFileMode tooWide)
    {
        var path = _folder.Write("token", "t0ken", UnixFileMode.UserRead | UnixFileMode.UserWrite | tooWide);

        Assert.Equal($"XO_TOKEN_FILE needs the file {path}, which others may read or change; run: chmod 600 {path}", RefusalOfFile(path));
    }

    [Fact]
    public void Certificates_for_node_are_trusted_beside_the_systems()
    {
        Assert.Equal(Path.Combine(_folder.Path, "corp.pem"), Load(("XO_TOKEN", "t"), ("NODE_EXTRA_CA_CERTS", "corp.pem")).Tls.ExtraCa);
        Assert.Null(Load(("XO_TOKEN", "t")).Tls.ExtraCa);
    }

    [Fact]
    public void Risky_or_useless_variables_are_warned_of()
    {
        var warnings = _folder.Load(
            ("XO_URL", "http://xo.example.com"), ("XO_TOKEN", "t"), ("NODE_TLS_REJECT_UNAUTHORIZED", "0"), ("XO_MCP_DENYLIST", "x")).Warnings;

        Assert.Equal(3, warnings.Count);
        Assert.Equal("The variable XO_MCP_DENYLIST means nothing to the gateway; did you mean XO_MCP_DENY_LIST?", warnings[0]);
        Assert.Contains("xo.example.com is reached over http", warnings[1], StringComparison.Ordinal);
        Assert.Contains("NODE_TLS_REJECT_UNAUTHORIZED is not heeded", warnings[2], StringComparison.Ordinal);
        Assert.Empty(_folder.Load(("XO_URL", "http://127.0.0.1:8080"), ("XO_TOKEN", "t"), ("XO_OTHER", "x")).Warnings);
    }

    [Fact]
    public void The_data_folder_is_the_one_named_else_the_users()
    {
        Assert.Equal("/var/lib/hg", Data(("HYPERGATE_DATA", "/var/lib/hg")));
        Assert.Equal(Path.Combine(_folder.Path, "data"), Data(("HYPERGATE_DATA", "data")));
        Assert.Equal("/xdg/hypergate", Data(("XDG_DATA_HOME", "/xdg")));
        Assert.Equal(Path.Combine(_folder.Home, ".local/share/hypergate"), Data(("XDG_DATA_HOME", "relative")));
        Assert.Equal("/var/lib/hg/audit", Read(("HYPERGATE_DATA", "/var/lib/hg")).Settings.Audit.Folder);

        string Data((string, string) variable) => Read(variable).DataFolder;
        SettingsReading Read((string, string) variable) => _folder.Load(("XO_URL", Address), ("XO_TOKEN", "t"), variable);
    }

    private BackendSettings Load(params (string, string)[] environment) => _folder.Load([("XO_URL", Address), .. environment]).Settings.Backends[0];

    private string RefusalOfFile(string path) => _folder.Refusal(("XO_URL", Address), ("XO_TOKEN_FILE", path));
}
