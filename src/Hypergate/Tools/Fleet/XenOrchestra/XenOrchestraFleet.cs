using Hypergate.Inventory;
using Hypergate.Tools.Fleet.Guests;
using Hypergate.Tools.Fleet.Metrics;
using Hypergate.Tools.Fleet.Storage;

namespace Hypergate.Tools.Fleet.XenOrchestra;

/// <summary>What the fleet tools do on Xen Orchestra beyond its tables.</summary>
internal static class XenOrchestraFleet
{
    public static FleetPlatform Platform { get; } = new()
    {
        NodeStatus = XenOrchestraHostStatus.RunAsync,
        Metrics = new MetricsSource(XenOrchestraMetrics.NodeAsync, XenOrchestraMetrics.GuestAsync),
        Permissions = PermissionsAsync,
        Task = XenOrchestraTaskReports.ReadAsync,
        IsTaskId = static id => id.Length is > 4 and < 64 && !id.Contains(':', StringComparison.Ordinal) && id.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'),
        GuestConfig = XenOrchestraGuestConfig.RunAsync,
        GuestInfo = XenOrchestraGuestInfo.RunAsync,
        Guests = new GuestChanges
        {
            State = XenOrchestraPower.RunAsync,
            CreateSnapshot = XenOrchestraSnapshotChanges.CreateAsync,
            DeleteSnapshot = XenOrchestraSnapshotChanges.DeleteAsync,
            RollbackSnapshot = XenOrchestraSnapshotChanges.RollbackAsync,
            Migrate = XenOrchestraMoves.MigrateAsync,
            Copy = XenOrchestraMoves.CloneAsync,
            UpdateConfig = XenOrchestraConfigChange.RunAsync,
        },
        Storages = new StorageChanges { Delete = XenOrchestraVolumes.DeleteAsync },
    };

    private static async Task<FleetAnswer> PermissionsAsync(FleetRequest request, FleetBackend backend, CancellationToken cancellationToken)
    {
        if (request.Arguments.Has("path"))
        {
            throw new FleetException("unsupported", $"{backend.Title} has no paths of an access control list.", "Leave 'path' out.");
        }

        var reads = request.Reads(backend);
        var user = await reads.GetAsync("/users/{id}", [("id", "me")], cancellationToken);
        var privileges = user.Text("id") is { } id ? await reads.TryGetAsync("/users/{id}/acl-privileges", [("id", id), ("fields", "resource,action")], cancellationToken) : default;
        return FleetRequest.Record(backend, writer =>
        {
            writer.WriteString("backend", backend.Name);
            writer.WriteString("identity", user.Name("name") ?? user.Name("email"));
            writer.WriteString("credential", "one for all callers of this gateway");
            writer.WriteString("permission", user.Name("permission") ?? "none");
            writer.WriteBoolean("administrator", user.Text("permission") == "admin");
            writer.Texts("privileges", privileges.Elements().Select(static item => $"{item.Text("resource")}:{item.Text("action")}").Distinct(StringComparer.Ordinal));
        });
    }
}
