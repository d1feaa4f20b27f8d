namespace Hypergate.Tests.Backends.Proxmox;

public sealed class ProxmoxContractTests : BackendKindContract
{
    private protected override Task<ContractPlatform> StartAsync() => ProxmoxUnderTest.ContractAsync();
}
