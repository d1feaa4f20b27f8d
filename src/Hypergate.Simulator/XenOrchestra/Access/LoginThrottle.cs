namespace Hypergate.Simulator.XenOrchestra.Access;

/// <summary>After a failed login nobody may try the same name for two seconds, not even with the right password.</summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, DateTimeOffset> _failures = new(StringComparer.Ordinal);

    public bool IsTooFast(string name) => _failures.TryGetValue(name, out var last) && last + Pause > time.GetUtcNow();

    public void Failed(string name) => _failures[name] = time.GetUtcNow();

    public void Succeeded(string name) => _failures.Remove(name);
}
