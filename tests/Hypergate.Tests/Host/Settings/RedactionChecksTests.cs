namespace Hypergate.Tests.Host.Settings;

public sealed class RedactionChecksTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("extraPatterns: [\"ok\", \"(\"]", "redaction.extraPatterns[1] is no regular expression")]
    [InlineData("extraPatterns: [\"(?<!a)b\"]", "redaction.extraPatterns[0] cannot be matched without backtracking")]
    [InlineData("secretFields: [a.b.c]", "redaction.secretFields[0] must be the name of a field, or NAME.NAME")]
    [InlineData("secretFields: [\"*\"]", "redaction.secretFields[0] must be the name of a field")]
    [InlineData("extraNames: [a.b]", "redaction.extraNames[0] must be the name of an argument")]
    [InlineData("extraName: [a]", "redaction.extraName is not a known setting; did you mean 'extraNames'?")]
    public void What_would_hide_nothing_is_refused_with_its_place(string redaction, string problem) =>
        Assert.Contains(problem, _folder.RefusalOf($$"""
            backends: [{ name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: abcdefgh } }]
            redaction: { {{redaction}} }
            """), StringComparison.Ordinal);

    [Fact]
    public void Good_entries_are_read()
    {
        var reading = _folder.LoadFile("""
            backends: [{ name: xo, kind: xen-orchestra, url: "https://xo.example.com", auth: { token: abcdefgh } }]
            redaction: { secretFields: [internalToken, smtp.auth], extraNames: [passcode], extraPatterns: ["acme-[0-9a-f]{32}"] }
            minimumProtocolVersion: 2025-06-18
            policy: { unmatched: warning }
            """);

        Assert.Equal(["internalToken", "smtp.auth"], reading.Settings.Redaction.SecretFields);
        Assert.Equal("2025-06-18", reading.Settings.MinimumProtocolVersion);
        Assert.Equal(Hypergate.Governance.UnmatchedNames.Warning, reading.Settings.Policy.Unmatched);
    }
}
