using Hypergate.Model;

namespace Hypergate.Tests.Host.Settings.Yaml;

public sealed class SettingsFileTests : IDisposable
{
    /// <summary>Seven lines; what a test adds begins in line 8 and belongs to the second backend or to the root.</summary>
    private const string Two = """
        backends:
          - { name: one, kind: xen-orchestra, url: "https://one", auth: { token: t1 } }
          - name: two
            kind: xen-orchestra
            url: https://two/base/
            auth:
              token: t2

        """;

    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_settings_arrive()
    {
        _folder.File("corp.pem", "");
        var settings = _folder.LoadFile(Two + """
                tls: { ca: corp.pem }
                proxy: none
                timeouts: { requestSeconds: 5, startSeconds: 6, taskSeconds: 7, operations: { "Import*": 600 } }
                actions: true
                deny: [DeleteVm]
                allow: ["vms.*"]
                deprecated: true
            output: { format: Csv, budgetCharacters: 5000 }
            policy: { confirmation: { write: none, unconfirmed: [PutVmTag] } }
            audit: { enabled: false, folder: trail }
            surfaces: [domains]
            """).Settings;

        var two = settings.Backends[1];
        Assert.Equal("https://two/base", two.Url.First.AbsoluteUri);
        Assert.Equal((Path.Combine(_folder.Path, "corp.pem"), "none"), (two.Tls.Ca, two.Proxy?.Reveal()));
        Assert.Equal((5, 6, 7), (two.Timeouts.RequestSeconds, two.Timeouts.StartSeconds, two.Timeouts.TaskSeconds));
        Assert.Equal(600, two.Timeouts.Operations["Import*"]);
        Assert.Equal(("DeleteVm", "vms.*"), (Assert.Single(two.Deny), Assert.Single(two.Allow!)));
        Assert.True(two.Actions && two.Deprecated);
        Assert.Equal(("Csv", 5000), (settings.Output.Format, settings.Output.BudgetCharacters));
        Assert.Equal(ConsentRule.None, settings.Policy.Confirmation.Write);
        Assert.Equal((false, Path.Combine(_folder.Path, "trail")), (settings.Audit.Enabled, settings.Audit.Folder));
        Assert.Null(settings.Backends[0].Allow);
        Assert.Equal(30, settings.Backends[0].Timeouts.RequestSeconds);
    }

    [Fact]
    public void A_group_with_one_setting_keeps_the_defaults_of_the_others()
    {
        var timeouts = _folder.LoadFile(Two + "    timeouts: { requestSeconds: 60 }").Settings.Backends[1].Timeouts;

        Assert.Equal((60, 10, 3600, 0), (timeouts.RequestSeconds, timeouts.StartSeconds, timeouts.TaskSeconds, timeouts.Operations.Count));
    }

    [Fact]
    public void Text_is_text_even_where_it_looks_like_a_number()
    {
        var auth = _folder.LoadFile(Two.Replace("token: t2", "username: 0123\n      password: true", StringComparison.Ordinal)).Settings.Backends[1].Auth;

        Assert.Equal(("0123", "true"), (auth.Username, auth.Password?.Reveal()));
    }

    [Fact]
    public void An_empty_allow_list_offers_nothing() =>
        Assert.Empty(_folder.LoadFile(Two + "    allow: []").Settings.Backends[1].Allow!);

    [Fact]
    public void Aliases_and_comments_are_yaml_as_usual()
    {
        var backends = _folder.LoadFile("""
            # ours
            backends:
              - name: a # the first
                kind: &kind xen-orchestra
                url: "https://a"
                auth: &auth { token: same }
              - { name: b, kind: *kind , url: "https://b", auth: *auth }
            """).Settings.Backends;

        Assert.Equal(backends[0].Auth, backends[1].Auth);
    }

    [Theory]
    [InlineData("    ulr: https://x", "8: backends[1].ulr is not a known setting; known are name, kind, url, auth, credentials, tls, dangerously_skip_tls_verification, proxy, timeouts, limits, actions, deny, allow, deprecated, accessOverrides, acceptChanges, rest, pxcloud, dadl")]
    [InlineData("    Actions: true", "8: backends[1].Actions is not a known setting; did you mean 'actions'?")]
    [InlineData("    timeouts:\n      request_seconds: 5", "9: backends[1].timeouts.request_seconds is not a known setting; did you mean 'requestSeconds'?")]
    [InlineData("    skip_tls_verification: true", "8: backends[1].skip_tls_verification is not a known setting; did you mean 'dangerously_skip_tls_verification'?")]
    [InlineData("outputs: {}", "8: outputs is not a known setting; did you mean 'output'?")]
    [InlineData("authentication: { oauth: { resource: \"https://g.example.com/mcp\", issuers: [{ issuer: \"https://i.example.com\" }], roles: { ops: operater } } }", "8: authentication.oauth.roles.ops is no role; there are viewer, operator, admin; did you mean operator?, but is \"operater\"")]
    [InlineData("__proto__: {}", "8: __proto__ is not a known setting; known are backends, surfaces, fleet, operationTools, scripting, output, redaction, readOnly, policy, roles, limits, approvals, changes, gates, runGateTests, state, postgres, audit, telemetry, enabled and 5 more")]
    [InlineData("policy: { confirmation: { dangerous: none } }", "8: policy.confirmation.dangerous must be one of \"confirm\", \"approve\", \"four-eyes\", but is string \"none\"")]
    [InlineData("    actions: yes", "8: backends[1].actions must be boolean, but is string \"yes\"")]
    [InlineData("    actions: \"true\"", "8: backends[1].actions must be boolean, but is string \"true\"")]
    [InlineData("    deny: DeleteVm", "8: backends[1].deny must be array, but is string \"DeleteVm\"")]
    [InlineData("    timeouts: { requestSeconds: 0 }", "8: backends[1].timeouts.requestSeconds must be at least 1, but is 0")]
    [InlineData("    timeouts: { requestSeconds: 99999999999 }", "8: backends[1].timeouts.requestSeconds must be at most 3600, but is 99999999999")]
    [InlineData("    timeouts: { requestSeconds: 1.5 }", "8: backends[1].timeouts.requestSeconds must be integer, but is number 1.5")]
    [InlineData("output: { format: markdown }", "8: output.format must be one of \"Markdown\", \"JsonCompact\", \"JsonNormal\", \"Toon\", \"Csv\", but is string \"markdown\"; did you mean 'Markdown'?")]
    [InlineData("surfaces: [fleets]", "8: surfaces[0] must be one of \"domains\", \"operations\", \"search\", \"fleet\", \"query\", \"code\", but is string \"fleets\"; did you mean 'fleet'?")]
    [InlineData("operationTools: [\"a b\"]", "8: operationTools[0] must be an operation's name such as DeleteVm, domain.name, or a pattern with *, but is \"a b\"")]
    [InlineData("surfaces: []", "8: surfaces must have at least 1 item, but has 0")]
    [InlineData("audit: { results: { operations: [\"?\"] } }", "8: audit.results.operations[0] must be an operation's name such as DeleteVm, domain.name, or a pattern with *, but is \"?\"")]
    [InlineData("audit: { checkpoint: \"http://elsewhere.example/\" }", "8: audit.checkpoint must be the path of a file, or an https address without user name (or http on this machine)")]
    [InlineData("audit:", "8: audit has no value; give it one, or take the key away")]
    [InlineData("    proxy: ~", "8: backends[1].proxy has no value; give it one, or take the key away")]
    [InlineData("    deny:\n      - GetVms\n      -", "10: backends[1].deny[1] has no value; give it one, or take the key away")]
    [InlineData("    deny:\n      - \"Delete Vm\"", "9: backends[1].deny[0] must be an operation's name such as DeleteVm, domain.name, or a pattern with *, but is \"Delete Vm\"")]
    [InlineData("    deny: [\"\"]", "8: backends[1].deny[0] must not be empty")]
    [InlineData("    deny: [DeleteVm]\n    allow:\n      - DeleteVm", "10: backends[1].allow[0] stands in deny as well; keep it in one of the two")]
    [InlineData("    timeouts:\n      operations:\n        \"a b\": 5", "10: backends[1].timeouts.operations[\"a b\"] must be an operation's name such as DeleteVm, domain.name, or a pattern with *, but is \"a b\"")]
    [InlineData("policy: { confirmation: { unconfirmed: [\"?\"] } }", "8: policy.confirmation.unconfirmed[0] must be an operation's name such as DeleteVm, domain.name, or a pattern with *, but is \"?\"")]
    [InlineData("    tls: { verify: false }", "8: backends[1].tls.verify cannot be false alone; set fingerprint or ca instead, or, if you must, dangerously_skip_tls_verification: true beside tls")]
    [InlineData("    tls: { ca: gone.pem }", "8: backends[1].tls.ca needs the file {folder}/gone.pem, which does not exist")]
    [InlineData("    tls: { fingerprint: \"AB:CD\" }", "8: backends[1].tls.fingerprint must match the pattern ^([0-9A-Fa-f]{2}[: ]?){31}[0-9A-Fa-f]{2}$, but is string \"AB:CD\"")]
    [InlineData("    proxy: socks5://me:swordfish@proxy", "8: backends[1].proxy must be http://[user:password@]host:port, with special characters of the password percent-encoded, or none")]
    [InlineData("    url: https://again", "8: backends[1].url is given twice (first in line 5)")]
    [InlineData("backends: []", "8: backends is given twice (first in line 1)")]
    [InlineData("    tls: !!str x", "8: backends[1].tls has the YAML tag tag:yaml.org,2002:str, which means nothing here")]
    [InlineData("    tls: *nobody", "8: refers to *nobody, which is not defined before")]
    [InlineData("    ? [a]\n    : b", "8: backends[1] has a key that is not a word")]
    [InlineData("---\nbackends: []", "8: begins a second document")]
    [InlineData("    tls: {", "9: is not valid YAML: ")]
    [InlineData("\ttabs: 1", "7: is not valid YAML up to line 8: ")]
    public void A_mistake_is_told_with_file_line_and_key(string added, string message)
    {
        var refusal = _folder.RefusalOf(Two + added);

        var expected = $"hypergate.yaml:{message.Replace("{folder}", _folder.Path, StringComparison.Ordinal)}";
        Assert.Equal(expected, message.EndsWith(' ') ? refusal[..Math.Min(expected.Length, refusal.Length)] : refusal);
        Assert.DoesNotContain('\n', refusal);
    }

    [Theory]
    [InlineData("name: two", "name: ONE", "3: backends[1].name is the name of backends[0] as well; each backend needs its own")]
    [InlineData("name: two", "name: a b", "3: backends[1].name must match the pattern ^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$, but is string \"a b\"")]
    [InlineData("    kind: xen-orchestra\n    url", "    kind: xen_orchestra\n    url", "4: backends[1].kind must be one of \"xen-orchestra\", \"proxmox-ve\", \"rest\", \"dadl\", \"pxcloud\", but is string \"xen_orchestra\"; did you mean 'xen-orchestra'?")]
    [InlineData("    kind: xen-orchestra\n    url", "    url", "3: backends[1].kind is required")]
    [InlineData("    url: https", "    ulr: https", "5: backends[1].ulr is not a known setting; did you mean 'url'?")]
    [InlineData("url: https://two/base/", "url: two", "5: backends[1].url must be an http or https address such as https://xo.example.com, but is \"two\"")]
    [InlineData("url: https://two/base/", "url: https://me:swordfish@two", "5: backends[1].url must not hold a user name or password; write the address alone, such as https://xo.example.com, and the credential beside it")]
    [InlineData("url: https://two/base/", "url: [https://two, https://three]", "5: backends[1].url cannot be a list: a xen-orchestra has one address")]
    [InlineData("kind: xen-orchestra\n    url: https://two/base/", "kind: rest\n    url: https://two/base/", "3: backends[1] is of kind rest and needs rest, with the document that describes the API")]
    [InlineData("      token: t2", "      password: p", "6: backends[1].auth needs either a token or both username and password")]
    [InlineData("      token: t2", "      token: \"\"", "7: backends[1].auth.token must not be empty")]
    [InlineData("      token: t2", "      token: \"t 2\"", "7: backends[1].auth.token cannot be a token: it holds a blank at position 2")]
    [InlineData("      token: t2", "      username: u\n      password: \"a:b\"", "8: backends[1].auth.password must not hold a colon: Xen Orchestra cuts a password there; use a token, or change the password")]
    [InlineData("      token: t2", "      token: [swordfish]", "7: backends[1].auth.token must be string, but is array")]
    public void A_mistake_in_what_every_backend_has_is_told_the_same_way(string right, string wrong, string message) =>
        Assert.Equal($"hypergate.yaml:{message}", _folder.RefusalOf(Two.Replace(right, wrong, StringComparison.Ordinal)));

    [Theory]
    [InlineData("", "hypergate.yaml:1: backends is required")]
    [InlineData("# nothing yet\n", "hypergate.yaml:1: backends is required")]
    [InlineData("backends:\n", "hypergate.yaml:1: backends has no value; give it one, or take the key away")]
    [InlineData("backends: []", "hypergate.yaml:1: backends must have at least 1 item, but has 0")]
    [InlineData("just text", "hypergate.yaml:1: must be object, but is string \"just text\"")]
    [InlineData("- a", "hypergate.yaml:1: must be object, but is array")]
    [InlineData("output: {}", "hypergate.yaml:1: backends is required")]
    public void A_file_without_backends_says_so(string yaml, string message) => Assert.Equal(message, _folder.RefusalOf(yaml));

    [Fact]
    public void A_file_that_is_no_text_or_cannot_be_read_says_so()
    {
        var path = _folder.File("hypergate.yaml", "");
        File.WriteAllBytes(path, [0xC3, 0x28]);
        Assert.Equal("hypergate.yaml is not UTF-8 text", _folder.Refusal());

        File.WriteAllText(path, new string('#', 1024 * 1024 + 1));
        Assert.Equal("hypergate.yaml is longer than 1048576 bytes", _folder.Refusal());
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        _folder.File("hypergate.yaml", $"\uFEFF{Two}");

        Assert.Equal(2, _folder.Load().Settings.Backends.Count);
    }

    [Fact]
    public void Skipping_verification_is_possible_and_warned_of()
    {
        var reading = _folder.LoadFile(Two + "    dangerously_skip_tls_verification: true\n    tls: { verify: false }");

        Assert.True(reading.Settings.Backends[1].DangerouslySkipTlsVerification);
        Assert.StartsWith("Backend two: certificates are not verified", Assert.Single(reading.Warnings, IsAboutTls), StringComparison.Ordinal);

        static bool IsAboutTls(string warning) => warning.Contains("certificates", StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_file_that_others_may_read_is_warned_of()
    {
        _folder.Write("hypergate.yaml", Two, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains("holds a password or token that others on this machine may read", Assert.Single(_folder.Load().Warnings), StringComparison.Ordinal);

        _folder.Write("hypergate.yaml", Two.Replace("t1", "\"${env:T}\"", StringComparison.Ordinal).Replace("t2", "${env:T}", StringComparison.Ordinal), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Empty(_folder.Load(("T", "t")).Warnings);
    }

    [Fact]
    public void Variables_that_the_file_replaces_are_named_once_and_only_when_it_does_not_use_them()
    {
        var yaml = Two.Replace("t1", "\"${env:XO_TOKEN}\"", StringComparison.Ordinal).Replace("https://one", "${env:XO_URL}", StringComparison.Ordinal)
            .Replace("https://two", "https://one", StringComparison.Ordinal);

        var warning = Assert.Single(_folder.LoadFile(yaml, ("XO_URL", "https://one"), ("XO_TOKEN", "t"), ("XO_MCP_ENABLE_ACTIONS", "1"), ("XO_USERNAME", "u")).Warnings);

        Assert.Equal(
            $"The settings come from {_folder.Path}/hypergate.yaml, so these variables of the environment do nothing: "
            + "XO_USERNAME (in the file: ${env:XO_USERNAME}), XO_MCP_ENABLE_ACTIONS (in the file: actions: true).",
            warning);
        Assert.False(_folder.Load(("XO_URL", "https://one"), ("XO_TOKEN", "t"), ("XO_MCP_ENABLE_ACTIONS", "1")).Settings.Backends[0].Actions);
    }

    [Fact]
    public void A_file_that_only_lies_in_the_working_folder_cannot_carry_the_credential_elsewhere()
    {
        var yaml = Two.Replace("t2", "${env:XO_TOKEN}", StringComparison.Ordinal);
        (string, string)[] environment = [("XO_URL", "https://xo.example.com"), ("XO_TOKEN", "t0ken")];

        Assert.Equal(
            "hypergate.yaml:2: backends[0].url is another server than XO_URL of the environment, and the file uses XO_TOKEN. "
            + "The file was only found in the working folder; if you trust it, name it: --config hypergate.yaml",
            _folder.RefusalOf(yaml, environment));
        Assert.Equal(2, _folder.Load([.. environment, ("HYPERGATE_CONFIG", "hypergate.yaml")]).Settings.Backends.Count);
    }

    [Theory]
    [InlineData("XO_URL", "XO_PASSWORD")]
    [InlineData("PVE_URL", "PVE_TOKEN_SECRET")]
    [InlineData("PXCLOUD_URL", "PXCLOUD_TOKEN")]
    [InlineData("PXCLOUD_URL", "PXCLOUD_PASS")]
    public void Nor_can_it_carry_any_other_platforms(string address, string credential)
    {
        var yaml = Two.Replace("t2", $"${{env:{credential}}}", StringComparison.Ordinal);

        Assert.Contains($"the file uses {credential}", _folder.RefusalOf(yaml, (address, "https://mine.example.com"), (credential, "s3cret")), StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_certificates_hold_only_where_the_backend_has_none_of_its_own()
    {
        const string Pin = "    tls: { fingerprint: \"6A09E667BB67AE853C6EF372A54FF53A510E527F9B05688C1F83D9AB5BE0CD19\" }";

        var backends = _folder.LoadFile(Two + Pin, ("NODE_EXTRA_CA_CERTS", "/corp.pem")).Settings.Backends;

        Assert.Equal(("/corp.pem", null), (backends[0].Tls.ExtraCa, backends[1].Tls.ExtraCa));
    }
}
