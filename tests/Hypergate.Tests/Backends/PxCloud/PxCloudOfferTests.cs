using Hypergate.Backends.PxCloud;

namespace Hypergate.Tests.Backends.PxCloud;

/// <summary>What is offered, and in which words.</summary>
public sealed class PxCloudOfferTests
{
    [Fact]
    public async Task Nothing_that_deletes_is_offered_unasked_whatever_its_method()
    {
        var tools = await ToolsAsync(new PxCloudSettings());

        Assert.Contains("pxcloud_shutdown_vm", tools);
        Assert.DoesNotContain("pxcloud_delete_vm", tools);
        Assert.DoesNotContain("pxcloud_format_disk", tools);
        Assert.Contains("pxcloud_delete_vm", await ToolsAsync(new PxCloudSettings { AllowDelete = true }));
    }

    [Fact]
    public async Task Only_the_tags_that_are_named_count_and_case_counts()
    {
        var some = await ToolsAsync(new PxCloudSettings { Tags = ["Tasks", "nodes"] });

        Assert.Equal(["pxcloud_cancel_task", "pxcloud_get_api_tasks", "pxcloud_get_api_tasks_id_log", "pxcloud_get_task"], some.Where(static tool => tool.StartsWith("pxcloud_", StringComparison.Ordinal) && tool != "pxcloud_confirm_change"));
    }

    [Fact]
    public async Task A_tag_that_no_operation_has_is_told_with_the_one_that_was_meant()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud) with { PxCloud = new PxCloudSettings { Tags = ["Tasks", "nodes"] } });

        var warning = Assert.Single(gateway.Gateway.Parts.Catalog.Current.Find("pxcloud")!.Warnings, static warning => warning.Contains("tag", StringComparison.Ordinal));

        Assert.Equal("No operation has the tag 'nodes' (PXCLOUD_TOOLS or pxcloud.tags); tags are compared exactly. Did you mean 'Nodes'?", warning);
    }

    [Fact]
    public async Task The_installation_itself_is_offered_on_demand_and_a_part_of_a_word_excludes_nothing()
    {
        Assert.DoesNotContain("pxcloud_get_api_system_settings", await ToolsAsync(new PxCloudSettings()));
        var all = await ToolsAsync(new PxCloudSettings { System = true });

        Assert.Contains("pxcloud_get_api_system_settings", all);
        Assert.Contains("pxcloud_get_api_wsus_status", all);
    }

    [Fact]
    public async Task A_path_that_looks_like_a_page_is_offered_where_the_settings_name_it()
    {
        Assert.DoesNotContain("pxcloud_get_api_vms_id_vnc", await ToolsAsync(new PxCloudSettings()));

        var tools = await ToolsAsync(new PxCloudSettings { Include = ["/api/vms/*/vnc", "/api/images/*"] });

        Assert.Contains("pxcloud_get_api_vms_id_vnc", tools);
        Assert.DoesNotContain("pxcloud_get_api_vms_id_vnc_websocket", tools);
        Assert.DoesNotContain("pxcloud_upload_image", tools);
    }

    [Fact]
    public async Task Hints_for_models_are_passed_on_even_at_the_end_of_a_book()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));

        var (create, share, list) = (Tool("pxcloud_post_api_monitors"), Tool("pxcloud_post_api_vms_id_console_share"), Tool("pxcloud_get_api_vms"));
        Assert.InRange(create.Description.Length, 100, 700);
        Assert.Contains("AI hint: look for a monitor with the same target first; two of a kind alarm twice.", create.Description, StringComparison.Ordinal);
        Assert.Contains("AI hint: hand the link to the person who asked for it", share.Description, StringComparison.Ordinal);
        Assert.Equal("Create a link that opens the console of a machine without an account", share.Title);
        Assert.Contains("AI hint: start here", list.Description, StringComparison.Ordinal);

        Hypergate.Tools.ToolDefinition Tool(string name) => gateway.Gateway.Tools.Find(name)!;
    }

    [Fact]
    public async Task Fields_of_a_body_are_arguments_unless_a_name_would_mean_two_things()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        string[] Arguments(string tool) => [.. gateway.Gateway.Tools.Find(tool)!.InputSchema.GetProperty("properties").EnumerateObject().Select(static property => property.Name)];

        Assert.Equal(["id", "access_mode", "expires_in_seconds", "confirm_token"], Arguments("pxcloud_post_api_vms_id_console_share"));
        Assert.Equal(["name", "body", "confirm_token"], Arguments("pxcloud_put_api_ipam_pools_name"));
        Assert.Equal(["body", "confirm_token"], Arguments("pxcloud_batch_power"));
        Assert.Equal(["id", "confirm_token", "wait"], Arguments("pxcloud_shutdown_vm"));
        Assert.Contains("X-Reason", Arguments("pxcloud_reset_bmc"));

        var renamed = await gateway.AgreedAsync(new("pxcloud_put_api_ipam_pools_name", """{"name":"guests","body":{"name":"tenants"}}"""));
        Assert.False(renamed.IsError, renamed.Text);
        Assert.Contains("tenants", (await gateway.CallAsync("pxcloud_get_api_ipam_pools")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_a_body_that_may_be_null_is_cleared_by_it()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));

        await gateway.AgreedAsync(new("pxcloud_patch_vms_by_id", """{"id":"prod:prod1:100","description":null,"name":null}"""));

        var body = System.Text.Encoding.UTF8.GetString(cloud.Requests.All.Single(static request => request.Method == "PATCH").Body.Span);
        Assert.Equal("""{"description":null}""", body);
    }

    [Fact]
    public async Task The_hints_of_tools_say_what_may_destroy()
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud));
        bool Destroys(string tool) => gateway.Gateway.Tools.Find(tool)!.Hints is { ReadOnly: false, Destructive: true };

        Assert.True(Destroys("pxcloud_delete_vm"));
        Assert.True(Destroys("pxcloud_post_api_vms_id_power"));
        Assert.True(Destroys("pxcloud_shutdown_vm"));
        Assert.False(Destroys("pxcloud_post_api_vms_id_snapshots"));
        Assert.True(gateway.Gateway.Tools.Find("pxcloud_get_api_vms")!.Hints.ReadOnly);
    }

    private static async Task<IReadOnlyList<string>> ToolsAsync(PxCloudSettings settings)
    {
        await using var cloud = await PxCloudUnderTest.StartAsync();
        await using var gateway = await ContractGateway.StartAsync(PxCloudUnderTest.Settings(cloud) with { PxCloud = settings });
        return [.. gateway.Gateway.Tools.Current.Select(static tool => tool.Name)];
    }
}
