using Hypergate.Catalog.Search;

namespace Hypergate.Tests.Catalog.Search;

public class SpellingTests
{
    private static readonly Spelling Words = new(["snapshot", "storage", "hypervisor", "network", "networks", "restart", "start", "template", "throughput"]);

    [Theory]
    [InlineData("snapsot", "snapshot")]
    [InlineData("snapshto", "snapshot")]
    [InlineData("stroage", "storage")]
    [InlineData("hyprevisro", "hypervisor")]
    [InlineData("templatee", "template")]
    [InlineData("throuput", "throughput")]
    public void A_slip_of_the_finger_is_mended(string written, string meant) => Assert.Equal(meant, Words.Nearest(written));

    [Theory]
    [InlineData("stark")]
    [InlineData("strong")]
    [InlineData("payroll")]
    [InlineData("napshot")]
    [InlineData("restar7")]
    [InlineData("")]
    public void Other_words_stay_what_they_are(string written) => Assert.Null(Words.Nearest(written));

    [Fact]
    public void Between_two_that_are_as_near_none_is_chosen() => Assert.Null(new Spelling(["bridges", "fridges", "bridged"]).Nearest("bridgex"));
}
