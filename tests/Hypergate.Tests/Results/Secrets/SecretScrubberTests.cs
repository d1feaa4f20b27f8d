using System.Text;
using System.Text.Json;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Results.Secrets;

public class SecretScrubberTests
{
    private const string Secret = "hunter2+\"/ü§canary";
    private static readonly SecretScrubber Scrubber = new([Secret, "second-secret", "abc", null, ""]);

    public static TheoryData<string> Forms =>
    [
        Secret,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).ToLowerInvariant(),
        System.Net.WebUtility.UrlEncode(Secret),
        JsonEncodedText.Encode(Secret).Value,
        Secret.Replace("\"", "\\\"", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_replaced_in_every_form(string form)
    {
        Assert.Equal("before *** after ***", Scrubber.Scrub($"before {form} after {form}"));
        Assert.Equal("***", Scrubber.Scrub(form));
    }

    [Theory]
    [InlineData("root:")]
    [InlineData("a:")]
    [InlineData("ab")]
    [InlineData("")]
    public void A_secret_inside_a_longer_encoded_text_is_not_readable_any_more(string before)
    {
        foreach (var after in (string[])["", "x", "xy", "xyz"])
        {
            var header = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(before + "second-secret" + after));

            var scrubbed = Scrubber.Scrub(header);

            Assert.Contains("***", scrubbed, StringComparison.Ordinal);
            Assert.True(scrubbed.Length < header.Length - 8, scrubbed);
        }
    }

    [Theory]
    [InlineData("an ordinary text with abc and numbers 123456")]
    [InlineData("")]
    public void Other_text_is_the_same_instance(string text) => Assert.Same(text, Scrubber.Scrub(text));

    [Fact]
    public void A_secret_that_contains_another_goes_as_a_whole() =>
        Assert.Equal("x ***", new SecretScrubber(["secret-value", "secret-value-longer"]).Scrub("x secret-value-longer"));

    [Fact]
    public void Without_secrets_nothing_changes() => Assert.Same(Secret, SecretScrubber.None.Scrub(Secret));
}
