using Hypergate.Backends;
using Hypergate.Host.Cli.Setup;
using Hypergate.Host.Settings;

namespace Hypergate.Tests.Host.Cli;

public sealed class SetupBlockTests
{
    [Theory]
    [InlineData(null, "backends:\n  - x\n")]
    [InlineData("", "backends:\n  - x\n")]
    [InlineData("surfaces: [search]\n", "surfaces: [search]\n\nbackends:\n  - x\n")]
    [InlineData("backends:\n- name: a\n  kind: b\n", "backends:\n- x\n- name: a\n  kind: b\n")]
    [InlineData("# mine\nbackends:   # all\n\n    # first\n    - { name: a }\nsurfaces: [search]\n", "# mine\nbackends:   # all\n    - x\n\n    # first\n    - { name: a }\nsurfaces: [search]\n")]
    [InlineData("backends:\r\n  - a\r\n", "backends:\n  - x\n  - a\n")]
    public void An_entry_is_put_into_the_list_and_every_other_line_stays(string? file, string expected) =>
        Assert.Equal(expected, SetupBlock.Into(file, static indent => $"{indent}- x\n"));

    [Theory]
    [InlineData("backends: [{ name: a }]\n")]
    [InlineData("backends: *all\n")]
    public void A_list_in_one_line_is_left_to_the_person(string file) =>
        Assert.Throws<SettingsException>(() => SetupBlock.Into(file, static indent => $"{indent}- x\n"));

    [Fact]
    public void What_is_written_can_be_read_whatever_stands_in_it()
    {
        var backend = new SetupBackend
        {
            Name = "a",
            Kind = KindsOfSettings.Find("proxmox-ve")!,
            Url = new Uri("https://pve:8006/"),
            TokenId = "me@pve!\"x\\",
            Profile = "operator",
        };

        Assert.Equal(
            """
              - name: "a"
                kind: proxmox-ve
                url: "https://pve:8006"
                auth: { tokenId: "me@pve!\"x\\", tokenSecret: "${secret:a/1}" }
                actions: true   # what changes something is offered, and asked about each time

            """,
            SetupBlock.Of(backend, "${secret:a/1}", "  "));
    }
}
