namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>The privileges and the roles that come with the platform (as of 9.2).</summary>
internal static class Privileges
{
    // Each area: what only an administrator of everything has, what the area's admin, user and auditor have.
    private static readonly (string Area, string Root, string Admin, string User, string Audit)[] Areas =
    [
        ("VM", "", "VM.Config.Disk VM.Config.CPU VM.Config.Memory VM.Config.Network VM.Config.HWType VM.Config.Options VM.Allocate VM.Clone "
            + "VM.Migrate VM.Snapshot VM.Snapshot.Rollback VM.Replicate VM.GuestAgent.Unrestricted",
            "VM.Config.CDROM VM.Config.Cloudinit VM.Console VM.Backup VM.PowerMgmt VM.GuestAgent.FileRead VM.GuestAgent.FileWrite "
            + "VM.GuestAgent.FileSystemMgmt",
            "VM.Audit VM.GuestAgent.Audit"),
        ("Sys", "Sys.PowerMgmt Sys.Modify Sys.Incoming Sys.AccessNetwork", "Sys.Console Sys.Syslog", "", "Sys.Audit"),
        ("Datastore", "", "Datastore.Allocate Datastore.AllocateTemplate", "Datastore.AllocateSpace", "Datastore.Audit"),
        ("SDN", "", "SDN.Allocate", "SDN.Use", "SDN.Audit"),
        ("User", "Realm.Allocate", "User.Modify Group.Allocate Realm.AllocateUser", "", ""),
        ("Pool", "", "Pool.Allocate", "Pool.Audit", "Pool.Audit"),
        ("Mapping", "", "Mapping.Modify", "Mapping.Use", "Mapping.Audit"),
    ];

    /// <summary>Every privilege there is.</summary>
    public static IReadOnlySet<string> All { get; } = new SortedSet<string>(
        Areas.SelectMany(static area => Words(area.Root, area.Admin, area.User, area.Audit)).Append("Permissions.Modify"),
        StringComparer.Ordinal);

    /// <summary>The built-in roles, which nobody may change.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Roles { get; } = BuiltIn();

    private static Dictionary<string, IReadOnlySet<string>> BuiltIn()
    {
        var roles = new Dictionary<string, IReadOnlySet<string>>
        {
            ["NoAccess"] = new SortedSet<string>(),
            ["Administrator"] = All,
            ["PVETemplateUser"] = Set("VM.Clone VM.Audit"),
            ["PVEAuditor"] = Set([.. Areas.Select(static area => area.Audit)]),
            ["PVEAdmin"] = Set([.. Areas.Select(static area => $"{area.Admin} {area.User} {area.Audit}".Replace("Mapping.Modify", "", StringComparison.Ordinal))]),
        };
        foreach (var area in Areas)
        {
            roles[$"PVE{area.Area}Admin"] = Set(area.Admin, area.User, area.Audit);
            if (area.User.Length > 0)
            {
                roles[$"PVE{area.Area}User"] = Set(area.User, area.Audit);
            }
        }

        return roles;
    }

    private static SortedSet<string> Set(params string[] texts) => new(Words(texts), StringComparer.Ordinal);

    private static IEnumerable<string> Words(params string[] texts) =>
        texts.SelectMany(static text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
