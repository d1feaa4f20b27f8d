namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>
/// The resource family of a path. Families that are large have a tool of their own, so that no list of operations is too long to
/// choose from; which these are is fixed, so that an operation does not change its family with a release.
/// </summary>
internal static class MethodDomain
{
    private static readonly HashSet<string> OfNode = new(StringComparer.Ordinal)
    {
        "qemu", "lxc", "storage", "ceph", "disks", "sdn", "tasks", "network", "firewall",
    };

    private static readonly HashSet<string> OfCluster = new(StringComparer.Ordinal)
    {
        "sdn", "firewall", "notifications", "ha", "mapping", "acme", "config", "ceph",
    };

    private static readonly HashSet<string> OfGuest = new(StringComparer.Ordinal) { "agent", "firewall" };

    public static string Of(string path) => path.Trim('/').Split('/') switch
    {
        ["nodes", _, ("qemu" or "lxc") and var type, _, var part, ..] when OfGuest.Contains(part) => $"nodes_{type}_{part}",
        ["nodes", _, var part, ..] when OfNode.Contains(part) => $"nodes_{part}",
        ["cluster", var part, ..] when OfCluster.Contains(part) => $"cluster_{part}",
        ["version"] => "cluster",
        _ => PathTemplate.DomainOf(path),
    };
}
