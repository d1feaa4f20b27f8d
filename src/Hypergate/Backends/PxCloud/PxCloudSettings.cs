using Hypergate.Schemas;

namespace Hypergate.Backends.PxCloud;

/// <summary>What of a PXCloud is offered.</summary>
public sealed record PxCloudSettings
{
    [Setting("The only tags of its description whose operations are offered, compared exactly; operations without a tag are not offered then.",
        DefaultText = "all", Example = "[VMs, Clusters, Nodes]")]
    public IReadOnlyList<string>? Tags { get; init; }

    [Setting("Whether operations that delete are offered, whatever their method. They ask for consent in any case.")]
    public bool AllowDelete { get; init; }

    [Setting("Whether operations of the installation itself are offered, those below /system/.")]
    public bool System { get; init; }

    [Setting("Paths, with *, of operations that are offered although they look like a stream or a page (vnc, terminal, ws, bmc-proxy).", DefaultText = "none", Example = "[\"/api/vms/{id}/vnc\"]")]
    public IReadOnlyList<string> Include { get; init; } = [];

    [Setting("A file with the OpenAPI description, in place of what the platform sends. A relative path starts at the settings file.", Example = "./pxcloud.openapi.json")]
    public string? Document { get; init; }
}
