namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>Five golden images for each pool, each with one disk and one interface.</summary>
internal static class TemplateSeed
{
    public static void Add(SeedRun run, PoolPlan pool)
    {
        foreach (var system in GuestSystem.All)
        {
            var template = VmRecord.Create(new()
            {
                Type = "VM-template",
                Name = $"{system.Name} template",
                Description = $"Golden image {system.Distribution}",
                Pool = pool.Id,
                Container = pool.Id,
                State = "Halted",
                System = system,
                Tools = true,
                HighAvailability = run.Chance(0.2) ? "restart" : "",
                Installed = run.SecondsAgo(TimeSpan.FromDays(120 + run.Next(60))),
            }).AddTo(run.World, "vm-templates", pool.Id);
            DiskSeed.Attach(run, template, DiskSeed.Add(run, pool.SharedStorage!, $"{system.Distribution} root", 20L << 30), 0);
            VmSeed.AddInterface(run, template, pool.Networks[1], 0);
        }
    }
}
