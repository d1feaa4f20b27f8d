namespace Hypergate.Tests.Tools.Fleet;

/// <summary>How a guest is named.</summary>
public sealed class GuestLookupTests(LookingFleet fleet) : IClassFixture<LookingFleet>
{
    private FleetGateway Gateway => fleet.Gateway;

    [Theory]
    [InlineData("100")]
    [InlineData("\"100\"")]
    [InlineData("\"web-01\"")]
    [InlineData("\"qemu/100\"")]
    [InlineData("\"pve/prod1/100\"")]
    [InlineData("\"pve/prod1/web-01\"")]
    [InlineData("\"pve/100\"")]
    public async Task A_guest_is_named_by_number_name_id_or_address(string name)
    {
        var preview = await Gateway.CallAsync("change_vm_state", $$"""{"vmid":{{name}},"action":"Shutdown","dry_run":true}""");

        Assert.False(preview.IsError, preview.Text);
        Assert.Contains("web-01", preview.Text, StringComparison.Ordinal);
        Assert.Contains("nothing has been sent", preview.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_without_a_number_is_named_by_its_uuid()
    {
        var guest = (await Gateway.RowsAsync("list_vms", """{"backend":"xo","limit":1,"status":"running"}"""))[0];

        var config = await Gateway.DoneAsync("get_vm_config", $$"""{"vmid":"{{guest.GetProperty("id").GetString()}}"}""");

        Assert.Equal(guest.GetProperty("name").GetString(), config.GetProperty("name").GetString());
        Assert.True(config.GetProperty("disks").GetArrayLength() > 0);
    }

    [Theory]
    [InlineData("web-0")]
    [InlineData("web")]
    [InlineData("WEB-01")]
    [InlineData("pve/prod2/100")]
    public async Task Neither_a_part_nor_another_case_of_a_name_nor_a_wrong_node_is_the_guest(string name)
    {
        var (code, text) = await Gateway.ProblemAsync("change_vm_state", $$"""{"vmid":"{{name}}","action":"Stop"}""");

        Assert.Equal("not_found", code);
        Assert.Contains("There is no guest", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_with_near_ones()
    {
        var (_, text) = await Gateway.ProblemAsync("get_vm_config", """{"vmid":"wbe-01"}""");

        Assert.Contains("web-01", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_two_guests_lists_the_candidates()
    {
        await using var gateway = await FleetGateway.StartAsync(new() { Cluster = null });
        var guests = await gateway.RowsAsync("list_vms", """{"limit":2}""");
        var (first, second) = (guests[0].GetProperty("id").GetString(), guests[1].GetProperty("name").GetString());
        await gateway.ConfirmedAsync("update_vm_config", $$"""{"vmid":"{{first}}","new_name":"{{second}}"}""");

        var (code, text) = await gateway.ProblemAsync("change_vm_state", $$"""{"vmid":"{{second}}","action":"Start"}""");

        Assert.Equal("ambiguous", code);
        Assert.Contains(first!, text, StringComparison.Ordinal);
        Assert.Contains(guests[1].GetProperty("id").GetString()!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_changed_must_be_certain_even_while_a_backend_is_away()
    {
        await using var gateway = await FleetGateway.StartAsync();
        await gateway.StopXoAsync();

        var (code, _) = await gateway.ProblemAsync("change_vm_state", """{"vmid":100,"action":"Shutdown"}""");
        var named = await gateway.CallAsync("change_vm_state", """{"vmid":100,"action":"Shutdown","backend":"pve","dry_run":true}""");

        Assert.Equal("ambiguous", code);
        Assert.False(named.IsError, named.Text);
    }
}
