using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The built-in roles and their 105 privileges.</summary>
internal static class RoleSeed
{
    /// <summary>Everything that a privilege can be about.</summary>
    public static IReadOnlyList<string> Resources { get; } =
    [
        "acl-privilege", "acl-role", "alarm", "backup-archive", "backup-job", "backup-log", "backup-repository", "group",
        "gpuGroup", "host", "message", "network", "pbd", "pci", "pgpu", "pif", "pool", "proxy", "restore-log", "schedule",
        "server", "sm", "sr", "task", "user", "vbd", "vdi-snapshot", "vdi-unmanaged", "vdi", "vgpu", "vgpuType", "vif",
        "vm-controller", "vm-snapshot", "vm-template", "vm", "vtpm",
    ];

    private static readonly (int Template, string Name, string Description, string[] Grants)[] Templates =
    [
        (3, "VMs creator", "Create VMs from templates",
            ["pool:create:vm", "vm-template:read", "vm-template:instantiate", "vdi:create", "vdi:boot", "vif:create"]),
        (2, "VMs power state manager", "Start, stop and pause VMs",
            ["vm:start", "vm:shutdown", "vm:reboot", "vm:suspend", "vm:resume", "vm:pause", "vm:unpause"]),
        (4, "VMs administrator", "Do everything with VMs and their snapshots", ["vm:*", "vm-snapshot:*"]),
        (8, "Storage administrator", "Do everything with storage, disks and backup repositories",
            ["sr:*", "vdi:*", "vdi-snapshot:*", "vdi-unmanaged:*", "vbd:*", "pbd:*", "backup-repository:*"]),
        (6, "Network administrator", "Manage networks and interfaces of pools, hosts and VMs",
            ["network:*", "pif:read", "pif:update", "vif:*", "pool:read", "pool:create:network", "host:read", "host:scan-pifs"]),
        (7, "Administrator", "Do everything", [.. Resources.Select(resource => $"{resource}:*")]),
        (1, "Read only", "See everything, change nothing", [.. Resources.Select(resource => $"{resource}:read")]),
        (5, "VMs viewer", "See the VMs", ["vm:read"]),
    ];

    public static void Add(SeedRun run)
    {
        foreach (var (template, name, description, grants) in Templates)
        {
            var role = new JsonObject
            {
                ["name"] = name,
                ["description"] = description,
                ["roleTemplateId"] = template,
                ["isTemplate"] = true,
                ["privilegeIds"] = new JsonArray(),
            }.AddTo(run.World, "acl-roles");
            foreach (var grant in grants)
            {
                var colon = grant.IndexOf(':', StringComparison.Ordinal);
                var privilege = new JsonObject
                {
                    ["action"] = grant[(colon + 1)..],
                    ["effect"] = "allow",
                    ["resource"] = grant[..colon],
                    ["roleId"] = role.Id(),
                }.AddTo(run.World, "acl-privileges");
                role.List("privilegeIds").Add(privilege.Id());
            }
        }
    }
}
