using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The hosts of a pool, each with its control domain and its graphics card. One of twelve is off, one is disabled.</summary>
internal static class HostSeed
{
    public const int Cores = 32;
    public const int Sockets = 2;
    private const long Memory = 256L << 30;
    private const string Halted = "edge-host2";
    private const string Disabled = "stg-host4";

    public static void Add(SeedRun run, PoolPlan pool, int count, string version, string brand)
    {
        for (var number = 1; number <= count; number++)
        {
            var id = run.World.NextId();
            var name = $"{pool.Prefix}-host{number}";
            var host = Record(run, name, number, version, brand);
            host["name_description"] = $"Rack {run.Pools.Count}, unit {9 + number}";
            var domain = ControlDomainSeed.Add(run, pool, host, id);
            var (pci, gpu) = AddGraphics(run, pool, id);
            host["controlDomain"] = domain.Id();
            host["residentVms"] = XapiRecord.Texts(name == Halted ? [] : [domain.Id()]);
            host["PCIs"] = new JsonArray(pci);
            host["$PCIs"] = new JsonArray(pci);
            host["PGPUs"] = new JsonArray(gpu);
            host["$PGPUs"] = new JsonArray(gpu);
            host["$PBDs"] = new JsonArray();
            host["type"] = "host";
            pool.Hosts.Add(host.AddTo(run.World, "hosts", pool.Id, id));
        }
    }

    private static JsonObject Record(SeedRun run, string name, int number, string version, string brand)
    {
        var booted = run.SecondsAgo(TimeSpan.FromDays(2 + number));
        var agent = run.SecondsAgo(TimeSpan.FromDays(1 + number));
        var running = name != Halted;
        var patched = run.SecondsAgo(TimeSpan.FromDays(number == 2 ? 1 : 30));
        var initiator = $"iqn.2026-10.com.example:{name}";
        return new JsonObject
        {
            ["CPUs"] = Processor(),
            ["address"] = "127.0.0.1",
            ["bios_strings"] = new JsonObject
            {
                ["system-manufacturer"] = "Dell Inc.",
                ["system-product-name"] = "PowerEdge R6525",
                ["bios-vendor"] = "Dell Inc.",
            },
            ["build"] = "cloud",
            ["chipset_info"] = new JsonObject { ["iommu"] = true },
            ["enabled"] = running && name != Disabled,
            ["controlDomain"] = null,
            ["cpus"] = new JsonObject { ["cores"] = Cores, ["sockets"] = Sockets },
            ["current_operations"] = new JsonObject(),
            ["hostname"] = name,
            ["iscsiIqn"] = initiator,
            ["zstdSupported"] = true,
            ["license_params"] = new JsonObject
            {
                ["restrict_zstd_export"] = "false",
                ["expiry"] = "20301231T00:00:00Z",
                ["sku_type"] = "free",
            },
            ["license_server"] = new JsonObject { ["address"] = "localhost", ["port"] = "27000" },
            ["license_expiry"] = 1924905600L,
            ["logging"] = new JsonObject(),
            ["name_description"] = "",
            ["name_label"] = name,
            ["memory"] = new JsonObject { ["usage"] = running ? UsedMemory(run) : 0L, ["size"] = Memory },
            ["multipathing"] = false,
            ["otherConfig"] = new JsonObject
            {
                ["boot_time"] = Invariant(booted),
                ["agent_start_time"] = Invariant(agent),
                ["rpm_patch_installation_time"] = Invariant(patched),
                ["iscsi_iqn"] = initiator,
            },
            ["patches"] = new JsonArray(),
            ["powerOnMode"] = "",
            ["power_state"] = running ? "Running" : "Halted",
            ["residentVms"] = null,
            ["startTime"] = booted,
            ["supplementalPacks"] = new JsonArray(),
            ["agentStartTime"] = agent,
            ["rebootRequired"] = running && patched > booted,
            ["tags"] = XapiRecord.Texts(number == 1 ? ["master"] : []),
            ["version"] = version,
            ["productBrand"] = brand,
            ["hvmCapable"] = true,
            ["certificates"] = new JsonArray(new JsonObject
            {
                ["fingerprint"] = run.World.NextId().Replace('-', ':'),
                ["notAfter"] = 2082758400L,
            }),
            ["PIFs"] = new JsonArray(),
            ["$PIFs"] = new JsonArray(),
        };
    }

    private static JsonObject Processor() => new()
    {
        ["cpu_count"] = Invariant(Cores),
        ["socket_count"] = Invariant(Sockets),
        ["vendor"] = "AuthenticAMD",
        ["speed"] = "2800.000",
        ["modelname"] = "AMD EPYC 7302 16-Core Processor",
        ["features"] = "",
        ["threads_per_core"] = "1",
    };

    private static long UsedMemory(SeedRun run) => Memory / 100 * (50 + run.Next(30));

    private static (string Pci, string Gpu) AddGraphics(SeedRun run, PoolPlan pool, string host)
    {
        var pci = new JsonObject
        {
            ["type"] = "PCI",
            ["class_name"] = "VGA compatible controller",
            ["device_name"] = "GA100 [A100 PCIe 80GB]",
            ["pci_id"] = "0000:21:00.0",
            ["$host"] = host,
        }.AddTo(run.World, "pcis", pool.Id);
        var gpu = new JsonObject
        {
            ["type"] = "PGPU",
            ["dom0Access"] = "enabled",
            ["enabledVgpuTypes"] = new JsonArray(),
            ["gpuGroup"] = run.World.NextId(),
            ["isSystemDisplayDevice"] = false,
            ["pci"] = pci.Id(),
            ["supportedVgpuTypes"] = new JsonArray(),
            ["host"] = host,
            ["$host"] = host,
            ["vgpus"] = new JsonArray(),
            ["$vgpus"] = new JsonArray(),
        }.AddTo(run.World, "pgpus", pool.Id);
        return (pci.Id(), gpu.Id());
    }

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);
}
