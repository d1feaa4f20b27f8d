using Hypergate.Simulator.ProxmoxVe.Access;

namespace Hypergate.Simulator.ProxmoxVe.World.Seed;

/// <summary>The cluster <c>lab</c>: two nodes, the second of which does not answer, three machines and a container.</summary>
internal static class LabSeed
{
    private const long Gigabyte = 1L << 30;

    public static void Fill(Cluster cluster)
    {
        Nodes(cluster);
        Storages(cluster);
        Guests(cluster);
        Identities(cluster.Users);
        var pool = cluster.Pools["prod"] = new Pool { Id = "prod", Comment = "Production" };
        pool.Guests.UnionWith([100, 101]);
        pool.Storages.Add("local");
        cluster.Settings["keyboard"] = "en-us";
    }

    private static void Nodes(Cluster cluster)
    {
        cluster.Nodes.Add(new ClusterNode
        {
            Name = "pve1",
            Number = 1,
            Address = "127.0.0.1",
            Cores = 8,
            MaxMemory = 32 * Gigabyte,
            MaxDisk = 100 * Gigabyte,
            UptimeAtStart = TimeSpan.FromDays(1),
            Figures = new FixedNodeFigures(0.125, 12884901888, 32212254720, 86400),
        });
        cluster.Nodes.Add(new ClusterNode
        {
            Name = "pve2",
            Number = 2,
            Address = "127.0.0.2",
            Cores = 16,
            MaxMemory = 64 * Gigabyte,
            MaxDisk = 200 * Gigabyte,
            UptimeAtStart = TimeSpan.FromDays(2),
            Figures = new FixedNodeFigures(0.31, 40802189312, 64424509440, 172800),
            Reachable = false,
            FingerprintKnown = false,
        });
    }

    private static void Storages(Cluster cluster)
    {
        var created = cluster.Seconds - 60;
        var local = new Storage
        {
            Id = "local",
            Type = "dir",
            Path = "/var/lib/vz",
            Content = ["iso", "vztmpl", "backup", "images", "rootdir", "snippets", "import"],
            Total = 270553174016,
            UsedOtherwise = 24356945920 - (2 * 200704) - 9,
        };
        local.SilentOn.Add("pve2");
        foreach (var id in (int[])[100, 101])
        {
            local.Volumes.Add(new Volume
            {
                VolumeId = $"local:{id}/vm-{id}-disk-0.qcow2",
                Content = "images",
                Format = "qcow2",
                Node = "pve1",
                Size = Gigabyte,
                Used = 200704,
                VmId = id,
                Created = created,
            });
        }

        local.Volumes.Add(new Volume { VolumeId = "local:iso/debian-13.iso", Content = "iso", Format = "iso", Node = "pve1", Size = 9, Used = 9, Created = created });
        cluster.Storages["local"] = local;
        cluster.Storages["nas"] = Nas();
    }

    private static Storage Nas()
    {
        var nas = new Storage
        {
            Id = "nas",
            Type = "dir",
            Path = "/mnt/pve/nas",
            Content = ["backup", "iso"],
            Shared = true,
            Total = 1024 * Gigabyte,
            UsedOtherwise = (512 * Gigabyte) - 2048,
        };
        nas.Volumes.Add(new Volume
        {
            VolumeId = "nas:backup/vzdump-qemu-100-2026_11_01-01_00_00.vma.zst",
            Content = "backup",
            Format = "vma.zst",
            Node = "pve1",
            Size = 2048,
            Used = 2048,
            VmId = 100,
            Created = 1793494800,
            Notes = "hello",
            Subtype = "qemu",
        });
        return nas;
    }

    private static void Guests(Cluster cluster)
    {
        foreach (var id in (int[])[100, 101])
        {
            Add(cluster, id, "qemu", "pve1", $"""
                agent: 1
                boot: order=scsi0
                cores: 2
                memory: 2048
                name: vm-{id}
                onboot: 1
                ostype: l26
                scsi0: local:{id}/vm-{id}-disk-0.qcow2,size=1G
                scsihw: virtio-scsi-single
                smbios1: uuid=1b2f0c8e-8c4b-4a6e-9a0e-000000000{id}
                tags: prod;web
                vmgenid: 1b2f0c8e-8c4b-4a6e-9a0e-000000000{id + 100}
                """);
        }

        var database = Add(cluster, 102, "qemu", "pve2", "cores: 4\nmemory: 4096\nname: db-102\nostype: l26\nprotection: 1");
        database.State = RunState.Running;
        database.ProcessId = 2345;
        database.StartedAt = cluster.Now.AddSeconds(-43200);
        database.Figures = new FixedFigures(0.37, 3221225472, 3321225472, 34359738368, 11111111, 22222222, 333333, 444444, 43200);
        Add(cluster, 200, "lxc", "pve1", "arch: amd64\ncores: 1\nhostname: ct-200\nmemory: 512\nostype: debian\nswap: 512\nunprivileged: 1");
    }

    private static Guest Add(Cluster cluster, int id, string type, string node, string config)
    {
        var guest = cluster.Guests[id] = new Guest { VmId = id, Type = type, Node = node, CreatedAt = cluster.Now.AddHours(-2) };
        foreach (var line in config.Split('\n', StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            guest.Config[line[..colon]] = line[(colon + 2)..];
        }

        return guest;
    }

    private static void Identities(UserConfig users)
    {
        IdentitySeed.Realms(users);
        IdentitySeed.Add(users, "root@pam", "mcp", "11111111-1111-4111-8111-111111111111", separated: false).Fields["email"] = "root@localhost";
        IdentitySeed.Add(users, "ro@pve", "mcp", "33333333-3333-4333-8333-333333333333", separated: false);
        IdentitySeed.Add(users, "op@pve", "mcp", "22222222-2222-4222-8222-222222222222", separated: true);
        users.OwnRoles["VMPower"] = new SortedSet<string>(["VM.PowerMgmt", "VM.Audit", "VM.Snapshot"], StringComparer.Ordinal);
        users.Acl.Add(new AclEntry("/", "user", "ro@pve", "PVEAuditor", true));
        users.Acl.Add(new AclEntry("/", "token", "ro@pve!mcp", "PVEAuditor", true));
        users.Acl.Add(new AclEntry("/vms/100", "user", "op@pve", "VMPower", true));
        var operators = users.Groups["ops"] = new Group();
        operators.Users.Add("op@pve");
    }
}
