using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Objects;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Results.Secrets;

public class RedactionTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("Password")]
    [InlineData("root_password")]
    [InlineData("rootPassword")]
    [InlineData("root-password")]
    [InlineData("api_key")]
    [InlineData("apiKey")]
    [InlineData("my.access.token")]
    [InlineData("confirm_token")]
    public void Names_of_secrets_are_known_by_their_last_words(string name) => Assert.True(new SecretNames(SecretNames.Common).Contain(name));

    [Theory]
    [InlineData("passwords_expire")]
    [InlineData("password_policy")]
    [InlineData("tokens_used")]
    [InlineData("spin")]
    [InlineData("compass")]
    [InlineData("name_label")]
    [InlineData("")]
    public void Other_names_are_not(string name) => Assert.False(new SecretNames(SecretNames.Common).Contain(name));

    [Theory]
    [InlineData("https://host/path", "https://host/path")]
    [InlineData("https://user:pass@host/path?x=a@b", "https://***@host/path?x=a@b")]
    [InlineData("see s3://key:secret@minio:9000/bucket and ftp://u@h, mail a@b.c", "see s3://***@minio:9000/bucket and ftp://***@h, mail a@b.c")]
    [InlineData("postgres://u:p@ss@db/x", "postgres://***@db/x")]
    [InlineData("https://host/a@b", "https://host/a@b")]
    [InlineData("://@", "://@")]
    public void User_info_in_addresses_is_hidden_in_any_text(string text, string expected) => Assert.Equal(expected, Shown("note", text));

    [Theory]
    [InlineData("smb://DOM\\bob:p/a#s?s@nas\\\\share", "smb://***@nas\\\\share")]
    [InlineData("https://bob:pw@host/a@b", "https://***@host/a@b")]
    [InlineData("file:///mnt/backups", "file:///mnt/backups")]
    public void An_address_with_unencoded_user_info_is_hidden_up_to_the_last_at_sign(string address, string expected) =>
        Assert.Equal(expected, Shown("url", address));

    [Fact]
    public void A_secret_is_found_before_its_characters_are_spaced_and_after_hidden_ones_are_gone()
    {
        var shaper = new ResultShaper(RedactionRules.None, new SecretScrubber(["pass<word>"]), (_, _) => null);

        var shown = shaper.One(JsonElement.Parse("""{"a":"x pass<word> y","b":"pass\u200b<word>","pass<word>":1}"""), new ObjectShape()).Structured!.Value;

        Assert.Equal("""{"value":{"a":"x *** y","b":"***","***":1}}""", shown.GetRawText());
    }

    [Fact]
    public void The_rules_hold_at_any_depth_and_for_every_collection()
    {
        foreach (var path in (string[])["/users", "/vms", "/backup-logs", "/tasks", "/vm-snapshots"])
        {
            foreach (var item in XoSamples.Collection(path).EnumerateArray())
            {
                var text = XoSamples.Shaper.One(item, new() { Budget = 1_000_000 }).Text;
                Assert.DoesNotContain("obfuscated", text, StringComparison.Ordinal);
                Assert.DoesNotContain("vm-data", text, StringComparison.Ordinal);
                Assert.DoesNotContain("/opt/xo/", text, StringComparison.Ordinal);
            }
        }
    }

    private static string Shown(string name, string text) =>
        new Redaction(new() { Addresses = ["url"] }, SecretScrubber.None).Text(name, text);
}
