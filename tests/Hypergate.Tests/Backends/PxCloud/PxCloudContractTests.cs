namespace Hypergate.Tests.Backends.PxCloud;

public sealed class PxCloudContractTests : BackendKindContract
{
    private protected override Task<ContractPlatform> StartAsync() => PxCloudUnderTest.ContractAsync();
}
