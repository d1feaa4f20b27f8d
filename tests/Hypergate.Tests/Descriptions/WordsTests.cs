using Hypergate.Descriptions;

namespace Hypergate.Tests.Descriptions;

public class WordsTests
{
    private static readonly Words Words = new(new Dictionary<string, string>(StringComparer.Ordinal) { ["vm"] = "VM", ["pgpu"] = "PGPU", ["stats"] = "statistics" });

    [Theory]
    [InlineData("StartVm", "start vm")]
    [InlineData("vm-snapshots", "vm snapshots")]
    [InlineData("clean_shutdown", "clean shutdown")]
    [InlineData("GetGUIRoutes", "get gui routes")]
    [InlineData("AclV2Role", "acl v2 role")]
    [InlineData("{id}", "id")]
    [InlineData("", "")]
    public void Names_fall_into_words(string name, string words) => Assert.Equal(words, string.Join(' ', Words.Split(name)));

    [Theory]
    [InlineData("pools", "pool")]
    [InlineData("proxies", "proxy")]
    [InlineData("repositories", "repository")]
    [InlineData("patches", "patch")]
    [InlineData("boxes", "box")]
    [InlineData("classes", "class")]
    [InlineData("status", "status")]
    [InlineData("access", "access")]
    [InlineData("analysis", "analysis")]
    [InlineData("vdis", "vdi")]
    [InlineData("srs", "sr")]
    public void A_plural_becomes_a_singular(string plural, string singular) => Assert.Equal(singular, Words.Singular(plural));

    [Theory]
    [InlineData("vms", false, "VMs")]
    [InlineData("vms", true, "VM")]
    [InlineData("vm-snapshots", true, "VM snapshot")]
    [InlineData("pgpus", true, "PGPU")]
    [InlineData("stats", false, "statistics")]
    public void Words_are_written_as_people_write_them(string name, bool singular, string phrase) =>
        Assert.Equal(phrase, Words.Phrase(Words.Split(name), singular));

    [Theory]
    [InlineData("VM", "a VM")]
    [InlineData("SR", "an SR")]
    [InlineData("ACL role", "an ACL role")]
    [InlineData("user", "a user")]
    [InlineData("alarm", "an alarm")]
    public void The_article_follows_the_sound(string phrase, string expected) => Assert.Equal(expected, Words.WithArticle(phrase));
}
