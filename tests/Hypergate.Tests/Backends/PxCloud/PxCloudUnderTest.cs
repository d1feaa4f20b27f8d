using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.Tests.Backends.PxCloud;

/// <summary>Simulated PXClouds and the settings that lead to them.</summary>
internal static class PxCloudUnderTest
{
    public const string WrongPassword = "wrong-11223344556677889900";

    public static Task<PxCloudSimulator> StartAsync(PxCloudOptions? options = null, TimeProvider? time = null) =>
        PxCloudSimulator.StartAsync(options ?? new PxCloudOptions(), time ?? TimeProvider.System, TestContext.Current.CancellationToken);

    public static BackendSettings Settings(PxCloudSimulator cloud, string name = "pxcloud") => new()
    {
        Name = name,
        Kind = "pxcloud",
        Url = cloud.Url,
        Auth = new() { Username = cloud.User, Password = new Secret(cloud.Password) },
        Tls = new() { Fingerprint = cloud.Fingerprint.Length > 0 ? cloud.Fingerprint : null },
        Actions = true,
        PxCloud = new() { AllowDelete = true },
    };

    public static async Task<ContractPlatform> ContractAsync()
    {
        var cloud = await StartAsync();
        return new ContractPlatform
        {
            Server = cloud,
            Settings = Settings(cloud),
            WrongAuth = new() { Username = cloud.User, Password = new Secret(WrongPassword) },
            Secrets = [cloud.Password, WrongPassword],
            User = cloud.User,
            List = new("pxcloud_get_api_vms", "{}"),
            Missing = new("pxcloud_get_vm", """{"id":"lab:pve1:999"}"""),
            Start = new("pxcloud_post_api_vms_id_power", """{"id":"lab:pve1:100","action":"start"}"""),
            Stop = new("pxcloud_post_api_vms_id_power", """{"id":"lab:pve1:100","action":"stop"}"""),
            Writes = () => cloud.Requests.All.Count(static request => request.Method != "GET" && request.Target != "/api/auth/login"),
        };
    }
}
