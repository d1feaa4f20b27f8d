using Hypergate.Backends;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Model;
using Hypergate.Tests.Backends.Proxmox;
using Hypergate.Tests.Backends.PxCloud;
using Hypergate.Tests.Host;

namespace Hypergate.Tests.Backends.Dadl;

/// <summary>A file that is made of a backend with user and password asks for user and password.</summary>
public sealed class DadlExportLoginTests
{
    [Fact]
    public async Task PxCloud_by_its_own_file_logs_in_and_renews_its_session()
    {
        var time = new ManualTime();
        await using var cloud = await PxCloudUnderTest.StartAsync(new() { TokenLife = TimeSpan.FromMinutes(10) }, time);
        var settings = PxCloudUnderTest.Settings(cloud);
        var file = await FileOfAsync(settings);

        await using var made = await MadeBackend.StartAsync(file, settings.Auth, settings.Tls);
        var vms = Assert.IsType<Outcome.Done>(await made.CallAsync("get_api_vms"));
        time.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<Outcome.Done>(await made.CallAsync("get_api_vms"));

        Assert.Contains("lab:pve1:100", vms.Value.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(cloud.Password, file, StringComparison.Ordinal);
        Assert.Contains("type: session", file, StringComparison.Ordinal);
        Assert.Contains("redact: [\"$[*].token\", \"$.data[*].token\"]", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxmox_by_its_own_file_logs_in_and_sends_the_token_against_forged_writes()
    {
        await using var pve = await ProxmoxUnderTest.StartAsync(new() { Cluster = "prod", RefusalDelay = TimeSpan.Zero });
        var settings = ProxmoxUnderTest.Settings(pve) with { Auth = new BackendSettingsAuth { Username = "operator@pve", Password = new Secret("operator-pass") } };

        await using var made = await MadeBackend.StartAsync(await FileOfAsync(settings), settings.Auth, settings.Tls);
        var guests = Assert.IsType<Outcome.Done>(await made.CallAsync("list_cluster_resources", """{"type":"vm"}""")).Value;
        var running = guests.EnumerateArray().First(static guest => guest.GetProperty("type").ValueEquals("qemu") && guest.GetProperty("status").ValueEquals("running"));

        var stopped = await made.CallAsync("stop_qemu", $$"""{"node":{{running.GetProperty("node").GetRawText()}},"vmid":{{running.GetProperty("vmid").GetRawText()}} }""");
        Assert.StartsWith("UPID:", Assert.IsType<Outcome.Done>(stopped).Value.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xen_Orchestra_by_its_own_file_takes_user_and_password()
    {
        await using var native = await GatewayUnderTest.StartAsync(GatewayWish.Acting with { Backend = static backend => backend with { Auth = new BackendSettingsAuth { Username = "admin", Password = new Secret("a-password-1") } }, IsAwaited = false });
        var options = native.Gateway.Backends[0].Options;
        var catalog = Hypergate.Descriptions.OpenApi.OpenApiReader.Read(System.Text.Encoding.UTF8.GetBytes(Hypergate.Simulator.XenOrchestra.Description.XoDescription.Document.ToJsonString()), Hypergate.Backends.XenOrchestra.XenOrchestraDescription.Rules);

        var file = DadlExport.Write(options, catalog.Operations, TimeProvider.System.GetUtcNow()).Text!;

        DadlExportTests.AssertGood(file, catalog.Operations);
        Assert.Contains("type: basic\n    username_credential: xo_username\n    password_credential: xo_password\n", file, StringComparison.Ordinal);
    }

    private static async Task<string> FileOfAsync(BackendSettings settings)
    {
        await using var native = await MadeBackend.StartAsync(settings);
        var catalog = native.Gateway.Parts.Catalog.Current.Find(settings.Name)!;
        var file = DadlExport.Write(native.Gateway.Backends[0].Options, catalog.Operations, TimeProvider.System.GetUtcNow());
        Assert.Empty(file.Told);
        DadlExportTests.AssertGood(file.Text!, catalog.Operations);
        return file.Text!;
    }
}
