using System.Buffers;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Results;

/// <summary>Suite S14: what an operator calls a secret is one: by its field, by the name it is passed under, by its looks.</summary>
[Trait("Suite", "S14")]
[Trait("Rule", "R-SECRET")]
public sealed class RedactionSettingsTests
{
    private static readonly RedactionSettings Settings = new() { SecretFields = ["internalToken", "smtp.auth"], ExtraNames = ["passcode"], ExtraPatterns = ["acme-[0-9a-f]{8}"] };

    [Theory]
    [InlineData("""{"internal_token":"x1"}""", """{"internal_token":"[REDACTED]"}""")]
    [InlineData("""{"smtp":{"auth":"x1","host":"h"}}""", """{"smtp":{"auth":"[REDACTED]","host":"h"}}""")]
    [InlineData("""{"auth":"x1","passcode":"x2"}""", """{"auth":"x1","passcode":"x2"}""")]
    [InlineData("""{"note":"key acme-0123abcd here"}""", """{"note":"key *** here"}""")]
    public void Answers_hide_fields_and_patterns(string given, string shown) => Assert.Equal(shown, Shown(given, Rules));

    [Fact]
    public void Whoever_may_see_a_platforms_secrets_sees_such_fields_but_no_pattern() =>
        Assert.Equal("""{"internalToken":"x1","smtp":{"auth":"x2"},"note":"***"}""", Shown("""{"internalToken":"x1","smtp":{"auth":"x2"},"note":"acme-0123abcd"}""", Rules.Revealing()));

    [Fact]
    public void The_audit_and_previews_hide_what_is_passed_under_such_names()
    {
        const string Given = """{"userPasscode":"p1","body":{"internalToken":"p2","smtp":{"auth":"p3"}},"note":"acme-0123abcd"}""";

        foreach (var written in new[] { Audited(Given), PreviewRedaction.For(Rules, Scrubber)(JsonElement.Parse(Given)) })
        {
            Assert.DoesNotMatch("p[123]\"|acme-", written);
            Assert.Contains("userPasscode", written, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_error_that_repeats_what_was_passed_does_not_tell_it()
    {
        var call = new Call
        {
            Backend = "b",
            Operation = new Operation { Name = "o", DeclaredName = "o", Title = "O", Domain = "d", Method = "POST", Path = "/o", Access = Access.Write },
            Caller = Caller.LocalUser,
            Arguments = JsonElement.Parse("""{"passcode":"open-sesame-1"}"""),
        };

        var cleaned = Assert.IsType<Outcome.Failed>(new OutcomeCleaning(Scrubber, Rules).Clean(call, new Outcome.Failed(400, "open-sesame-1 is too short, and acme-0123abcd too")));

        Assert.Equal("*** is too short, and *** too", cleaned.Detail);
    }

    [Theory]
    [InlineData("(", "is no regular expression")]
    [InlineData("(?=a)b", "cannot be matched without backtracking")]
    [InlineData(@"(?<x>a)\k<x>", "cannot be matched without backtracking")]
    [InlineData("a*", "fits the empty text")]
    [InlineData("", "must be an expression")]
    public void A_pattern_that_cannot_be_used_is_told(string pattern, string problem) => Assert.Contains(problem, RedactionSettings.Problem(pattern), StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_does_not()
    {
        Assert.Null(RedactionSettings.Problem("(a+)+b"));
        var text = new string('a', 20_000);

        Assert.Equal(text, new SecretScrubber([], new RedactionSettings { ExtraPatterns = ["(a+)+b"] }.Patterns()).Scrub(text));
    }

    [Fact]
    public void The_log_goes_over_to_the_patterns_of_changed_settings()
    {
        var log = new SecretScrubber(["first-secret"], Settings.Patterns());

        log.Learn(new SecretScrubber(["second-secret"], new RedactionSettings { ExtraPatterns = ["new-[0-9]+"] }.Patterns()));

        Assert.Equal("*** *** *** acme-0123abcd", log.Scrub("first-secret second-secret new-1 acme-0123abcd"));
    }

    private static RedactionRules Rules => Settings.AddTo(RedactionRules.None);

    private static SecretScrubber Scrubber { get; } = new([], Settings.Patterns());

    private static string Shown(string json, RedactionRules rules)
    {
        using var written = new SafeJson(new Redaction(rules, Scrubber), Limits.None, 100_000);
        written.Write(JsonElement.Parse(json));
        return written.ToElement().GetRawText();
    }

    private static string Audited(string json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            AuditRedaction.For(Rules, Scrubber).WriteArguments(writer, JsonElement.Parse(json));
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
