using Hypergate.Simulator.ProxmoxVe.Access;

namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>Twelve users, three groups, two pools, and who may do what.</summary>
internal static class ProdIdentities
{
    private static readonly string[] Names = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan"];

    public static void Fill(Cluster cluster)
    {
        var users = cluster.Users;
        IdentitySeed.Realms(users);
        IdentitySeed.Add(users, "root@pam", "mcp", Secret(cluster), separated: false).Fields["email"] = "root@localhost";
        IdentitySeed.Add(users, "auditor@pve", "mcp", Secret(cluster), separated: false);
        IdentitySeed.Add(users, "operator@pve", "mcp", Secret(cluster), separated: true).Password = "operator-pass";
        foreach (var name in Names)
        {
            var account = users.Users[$"{name}@pve"] = new Account { UserId = $"{name}@pve", Enabled = name != "ivan" };
            account.Fields["email"] = $"{name}@example.org";
        }

        Group(users, "admins", "alice@pve", "bob@pve");
        Group(users, "operators", "carol@pve", "dave@pve", "operator@pve");
        Group(users, "viewers", "erin@pve", "frank@pve", "auditor@pve");
        users.OwnRoles["VMPower"] = new SortedSet<string>(["VM.PowerMgmt", "VM.Audit", "VM.Snapshot"], StringComparer.Ordinal);
        users.Acl.Add(new AclEntry("/", "group", "admins", "Administrator", true));
        users.Acl.Add(new AclEntry("/", "group", "viewers", "PVEAuditor", true));
        users.Acl.Add(new AclEntry("/pool/production", "group", "operators", "PVEVMAdmin", true));
        users.Acl.Add(new AclEntry("/pool/staging", "group", "operators", "VMPower", true));
        cluster.Pools["production"] = new Pool { Id = "production", Comment = "What customers use" };
        cluster.Pools["staging"] = new Pool { Id = "staging", Comment = "Before it goes live" };
        cluster.Pools["production"].Storages.UnionWith(["ceph-vm", "backup"]);
    }

    public static string Secret(Cluster cluster)
    {
        var bytes = new byte[16];
        cluster.Dice.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static void Group(UserConfig users, string name, params IEnumerable<string> members)
    {
        var group = users.Groups[name] = new Group { Comment = $"The {name}" };
        group.Users.UnionWith(members);
    }
}
