namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>What a server does while it starts: first it never answers, then it refuses every credential.</summary>
internal sealed class StartUp(TimeProvider time, SimulatorOptions options)
{
    private readonly DateTimeOffset _routesExist = time.GetUtcNow() + options.HangAtStart;
    private readonly DateTimeOffset _loginsWork = time.GetUtcNow() + options.HangAtStart + options.RefuseAtStart;

    public bool Hangs => time.GetUtcNow() < _routesExist;

    public bool RefusesLogins => time.GetUtcNow() < _loginsWork;
}
