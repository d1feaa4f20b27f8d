using Hypergate.Backends.XenOrchestra;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.XenOrchestra;

public class XenOrchestraDescriptionTextTests
{
    [Fact]
    public void A_block_of_privileges_becomes_data_and_the_rest_stays()
    {
        var split = XenOrchestraDescriptionText.Split(
            "It must be halted\n\nRequired privileges:\n- resource: vm, action: start\n- resource: host, action: allow-vm (if one is named)\n\nLast word.");

        Assert.Equal([new Privilege("vm", "start"), new Privilege("host", "allow-vm")], split.Requires);
        Assert.Equal("It must be halted. Last word.", DescriptionText.OneLine(split.Text, 200));
    }

    [Fact]
    public void A_list_that_follows_the_block_is_text()
    {
        var split = XenOrchestraDescriptionText.Split("Required privilege:\n- resource: vm, action: clone\n\n- Fast by default.\n- Full where asked.");

        Assert.Equal([new Privilege("vm", "clone")], split.Requires);
        Assert.Equal("Fast by default. Full where asked.", DescriptionText.OneLine(split.Text, 200));
    }

    [Theory]
    [InlineData("Returns all X that match the following privilege:\n- resource: x, action: read", "Returns all X")]
    [InlineData(
        "Deletes all X the current user has the following privilege on:\n- resource: x, action: delete",
        "Deletes all X the current user has the privilege for")]
    public void A_heading_that_says_more_keeps_its_words(string text, string expected) =>
        Assert.Equal(expected, DescriptionText.OneLine(XenOrchestraDescriptionText.Split(text).Text, 200));

    [Theory]
    [InlineData("Nothing about rights here:\n- resource and action are words.")]
    [InlineData("You cannot do this (even with the right privilege)")]
    [InlineData("")]
    public void A_text_without_privileges_is_left_alone(string text)
    {
        var split = XenOrchestraDescriptionText.Split(text);

        Assert.Equal(text, split.Text);
        Assert.Empty(split.Requires);
    }
}
