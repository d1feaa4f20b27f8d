using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.XenOrchestra.Description;

namespace Hypergate.Tests.Backends.XenOrchestra;

public sealed class XenOrchestraContractTests : BackendKindContract
{
    private protected override async Task<ContractPlatform> StartAsync()
    {
        var options = new SimulatorOptions { Vms = 40, CacheLag = TimeSpan.Zero, TaskDuration = 0 };
        var xo = await XoSimulator.StartAsync(options, TimeProvider.System, XoDescription.Document, TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Cookie", $"authenticationToken={xo.Token}");
        var halted = JsonElement.Parse(await client.GetByteArrayAsync(new Uri(xo.Url, "/rest/v0/vms?fields=id&filter=power_state:Halted"), TestContext.Current.CancellationToken))[0].GetProperty("id").GetString();
        return new ContractPlatform
        {
            Server = xo,
            Settings = new BackendSettings { Name = "xo", Kind = "xen-orchestra", Url = xo.Url, Auth = new() { Token = new Secret(xo.Token) }, Actions = true },
            WrongAuth = new() { Token = new Secret("a-token-that-nobody-gave-out") },
            Secrets = [xo.Token, "a-token-that-nobody-gave-out"],
            User = "admin",
            List = new("vms_query", """{"operation":"GetVms"}"""),
            Missing = new("vms_query", """{"operation":"GetVm","id":"00000000-0000-4000-8000-000000000000"}"""),
            Start = new("vms_action", $$"""{"operation":"StartVm","id":"{{halted}}"}"""),
            Stop = new("vms_action", $$"""{"operation":"HardShutdownVm","id":"{{halted}}"}"""),
            Writes = () => xo.Requests.All.Count(static request => request.Method != "GET"),
        };
    }
}
