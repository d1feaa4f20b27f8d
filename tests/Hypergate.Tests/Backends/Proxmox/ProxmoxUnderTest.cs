using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Simulator.ProxmoxVe;

namespace Hypergate.Tests.Backends.Proxmox;

/// <summary>Simulated clusters and the settings that lead to them.</summary>
internal static class ProxmoxUnderTest
{
    public const string WrongSecret = "99999999-9999-4999-8999-999999999999";

    public static Task<ProxmoxSimulator> StartAsync(ProxmoxOptions? options = null) => ProxmoxSimulator.StartAsync(
        options ?? new ProxmoxOptions { RefusalDelay = TimeSpan.Zero }, TimeProvider.System, TestContext.Current.CancellationToken);

    public static BackendSettings Settings(ProxmoxSimulator pve, string name = "pve") => new()
    {
        Name = name,
        Kind = "proxmox-ve",
        Url = pve.Url,
        Auth = new() { TokenId = pve.TokenId, TokenSecret = new Secret(pve.TokenSecret) },
        Tls = new() { Fingerprint = pve.Fingerprint },
        Actions = true,
    };

    public static async Task<ContractPlatform> ContractAsync()
    {
        var pve = await StartAsync();
        return new ContractPlatform
        {
            Server = pve,
            Settings = Settings(pve),
            WrongAuth = new() { TokenId = pve.TokenId, TokenSecret = new Secret(WrongSecret) },
            Secrets = [pve.TokenSecret, WrongSecret],
            User = pve.TokenId,
            List = new("nodes_qemu_query", """{"operation":"list_qemu","node":"pve1"}"""),
            Missing = new("nodes_qemu_query", """{"operation":"get_qemu_config","node":"pve1","vmid":999}"""),
            Start = new("nodes_qemu_action", """{"operation":"start_qemu","node":"pve1","vmid":100}"""),
            Stop = new("nodes_qemu_action", """{"operation":"stop_qemu","node":"pve1","vmid":100}"""),
            Writes = () => pve.Requests.All.Count(static request => request.Method != "GET"),
        };
    }
}
