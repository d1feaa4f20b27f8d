using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>The VMs of a pool with their disks, drives, interfaces and snapshots.</summary>
internal static class VmSeed
{
    private static readonly int[] Cpus = [1, 2, 2, 4, 4, 8, 8, 16];
    private static readonly long[] Gibibytes = [1, 2, 4, 4, 8, 8, 16, 32];
    private static readonly long[] DiskGibibytes = [10, 20, 40, 40, 80, 160, 250];

    public static void Add(SeedRun run, PoolPlan pool, VmMix mix)
    {
        for (var number = 1; number <= mix.Count; number++)
        {
            var (role, state) = mix[number - 1];
            var vm = AddVm(run, pool, number, role, state);
            AddDisks(run, pool, vm);
            AddInterface(run, vm, pool.Networks[1], 0);
            if (run.Chance(0.245))
            {
                AddInterface(run, vm, pool.Networks[2], 1);
            }

            if (run.Chance(0.17) || number is > 1 and < 5)
            {
                SnapshotSeed.Add(run, vm, TimeSpan.FromDays(1 + run.Next(28)));
            }
        }
    }

    public static void AddInterface(SeedRun run, JsonObject vm, JsonObject network, int device)
    {
        var attached = vm.Text("power_state") is "Running" or "Paused";
        var name = device.ToString(CultureInfo.InvariantCulture);
        var vif = NetworkRecord.CreateGuestInterface(vm.Id(), network.Id(), name, run.MacAddress(), attached)
            .AddTo(run.World, "vifs", vm.Pool());
        vm.List("VIFs").Add(vif.Id());
        network.List("VIFs").Add(vif.Id());
    }

    private static JsonObject AddVm(SeedRun run, PoolPlan pool, int number, string role, string state)
    {
        var host = run.Pick(pool.ReadyHosts);
        var active = state is "Running" or "Paused";
        var system = Pick(run, number, role);
        var age = TimeSpan.FromDays(100 + run.Next(100));
        var started = run.SecondsAgo(TimeSpan.FromHours(2 + run.Next(24 * 60)));
        var vm = VmRecord.Create(new()
        {
            Type = "VM",
            Name = $"{pool.Prefix}-{role}-{number:000}",
            Description = $"{role} server {number}",
            Pool = pool.Id,
            Affinity = run.Chance(0.5) ? host.Id() : null,
            Container = active ? host.Id() : pool.Id,
            State = state,
            System = system,
            Cpus = run.Pick(Cpus),
            Memory = run.Pick(Gibibytes) << 30,
            Tools = role != "mail" && (number <= 60 || run.Chance(0.8)),
            Address = $"10.{run.Pools.IndexOf(pool)}.{20 + number / 250}.{1 + number % 250}",
            AutoPowerOn = run.Chance(0.3),
            HighAvailability = run.Chance(0.1) ? "restart" : "",
            Tags = state != "Running" && number % 5 is 0 or 1 or 3 || run.Chance(0.08) ? [role, "backup"] : [role],
            Installed = run.SecondsAgo(age),
            Started = started,
        }).AddTo(run.World, "vms", pool.Id);
        if (active)
        {
            host.List("residentVms").Add(vm.Id());
        }

        return vm;
    }

    private static GuestSystem Pick(SeedRun run, int number, string role) =>
        role == "mail" ? GuestSystem.All[3] : number == 1 ? GuestSystem.All[2] : run.Pick(GuestSystem.All);

    private static void AddDisks(SeedRun run, PoolPlan pool, JsonObject vm)
    {
        var disks = run.Next(100) switch { < 45 => 1, < 88 => 2, _ => 3 };
        for (var position = 0; position < disks; position++)
        {
            var sr = run.Chance(0.85) ? pool.SharedStorage! : run.Pick(pool.LocalStorage);
            var disk = DiskSeed.Add(run, sr, $"{vm.Text("name_label")} disk {position}", run.Pick(DiskGibibytes) << 30);
            DiskSeed.Attach(run, vm, disk, position);
        }

        if (run.Chance(0.94))
        {
            DiskSeed.Attach(run, vm, disk: null, position: 3);
        }
    }
}
