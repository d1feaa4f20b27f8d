namespace Hypergate.Tests.Host.Settings.Yaml;

public sealed class ReferencesTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("${env:TOKEN}", "t0ken")]
    [InlineData("a-${env:TOKEN}-b", "a-t0ken-b")]
    [InlineData("${env:TOKEN}${env:TOKEN}", "t0kent0ken")]
    [InlineData("$${env:TOKEN}", "${env:TOKEN}")]
    [InlineData("$${${env:TOKEN}}", "${t0ken}")]
    [InlineData("${env:REFERENCE}", "${env:TOKEN}")]
    [InlineData("${file:secret}", "from-file")]
    [InlineData("x${file:./secret}", "xfrom-file")]
    [InlineData("${file:~/secret}", "from-home")]
    [InlineData("$TOKEN", "$TOKEN")]
    [InlineData("{env:TOKEN}", "{env:TOKEN}")]
    public void A_reference_becomes_its_value_and_is_not_looked_at_again(string written, string read)
    {
        _folder.Secret("secret", "from-file\n");
        _folder.Secret("home/secret", "from-home");

        var backend = _folder.LoadFile(Yaml(written), ("TOKEN", "t0ken"), ("REFERENCE", "${env:TOKEN}")).Settings.Backends[0];

        Assert.Equal(read, backend.Auth.Token?.Reveal());
    }

    [Theory]
    [InlineData("${env:GONE}", "needs the environment variable GONE, which is not set")]
    [InlineData("${env:EMPTY}", "needs the environment variable EMPTY, which is not set")]
    [InlineData("${file:gone}", "needs the file {folder}/gone, which does not exist")]
    [InlineData("${file:wide}", "needs the file {folder}/wide, which others may read or change; run: chmod 600 {folder}/wide")]
    [InlineData("${file:binary}", "needs the file {folder}/binary, which is not UTF-8 text")]
    [InlineData("${env:TOKEN", "has ${ without its }; write $${ where no reference is meant")]
    [InlineData("${TOKEN}", "has a reference ${TOKEN} that means nothing; write ${env:NAME}, ${file:PATH}, ${secret:NAME} or ${exec:NAME}, or $${ where none is meant")]
    [InlineData("${env:}", "has a reference ${env:} that means nothing; write ${env:NAME}, ${file:PATH}, ${secret:NAME} or ${exec:NAME}, or $${ where none is meant")]
    [InlineData("${vault:a}", "has a reference ${vault:a} that means nothing; write ${env:NAME}, ${file:PATH}, ${secret:NAME} or ${exec:NAME}, or $${ where none is meant")]
    public void A_reference_that_leads_nowhere_is_told_with_key_and_line(string written, string problem)
    {
        _folder.Write("wide", "x", UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.WriteAllBytes(_folder.Secret("binary", ""), [0xFF, 0xFE, 0x00]);

        Assert.Equal(
            $"hypergate.yaml:6: backends[0].auth.token {problem.Replace("{folder}", _folder.Path, StringComparison.Ordinal)}",
            _folder.RefusalOf(Yaml(written), ("EMPTY", "")));
    }

    [Fact]
    public void A_number_or_a_boolean_may_come_through_a_reference()
    {
        var backend = _folder.LoadFile(Yaml("t") + "    actions: ${env:ON}\n    timeouts: { requestSeconds: \"${env:SECONDS}\" }", ("ON", "true"), ("SECONDS", "77")).Settings.Backends[0];

        Assert.Equal((true, 77), (backend.Actions, backend.Timeouts.RequestSeconds));
    }

    [Theory]
    [InlineData("    actions: ${env:SECRET}", "actions must be boolean")]
    [InlineData("    timeouts: { requestSeconds: \"${env:SECRET}\" }", "timeouts.requestSeconds must be integer")]
    [InlineData("    tls: { fingerprint: \"x${env:SECRET}\" }", "tls.fingerprint must match the pattern ^([0-9A-Fa-f]{2}[: ]?){31}[0-9A-Fa-f]{2}$")]
    [InlineData("    actions: ${file:secret}", "actions must be boolean")]
    [InlineData("    proxy: ${env:SECRET}", "proxy must be http://[user:password@]host:port, with special characters of the password percent-encoded, or none")]
    public void A_value_that_came_through_a_reference_is_never_shown(string added, string problem)
    {
        _folder.Secret("secret", "swordfish");

        Assert.Equal($"hypergate.yaml:7: backends[0].{problem}", _folder.RefusalOf(Yaml("t") + added, ("SECRET", "swordfish")));
    }

    [Theory]
    [InlineData("    deny: [\"${env:SECRET} x\"]")]
    [InlineData("    url: \"${env:SECRET}\"")]
    [InlineData("    name: \"${env:SECRET} x\"")]
    [InlineData("    kind: \"${env:SECRET}\"")]
    public void Nor_is_it_shown_by_the_checks_behind_the_schema(string line)
    {
        var key = line.Trim().Split(':')[0];
        var yaml = string.Join('\n', Yaml("t").Split('\n').Select(old => old.Contains($" {key}: ", StringComparison.Ordinal) ? line.Replace("    ", old.StartsWith("  -", StringComparison.Ordinal) ? "  - " : "    ", StringComparison.Ordinal) : old));

        Assert.DoesNotContain("swordfish", _folder.RefusalOf(yaml.Contains(line.Trim(), StringComparison.Ordinal) ? yaml : yaml + line, ("SECRET", "swordfish")), StringComparison.Ordinal);
    }

    /// <summary>Six lines; the token is in the last.</summary>
    private static string Yaml(string token) => $"""
        backends:
          - name: xo
            kind: xen-orchestra
            url: https://xo.example.com
            auth:
              token: "{token}"

        """;
}
