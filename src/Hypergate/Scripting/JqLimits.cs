namespace Hypergate.Scripting;

/// <summary>What one jq program may use.</summary>
/// <param name="Time">Until the worker is ended.</param>
internal sealed record JqLimits(TimeSpan Time)
{
    public const int MostOutputs = 100_000;

    public const int MostBytes = 10 * 1024 * 1024;

    /// <summary>The memory of the engine, which its build fixes.</summary>
    public const long EngineBytes = 64L * 1024 * 1024;

    public static JqLimits Standard { get; } = new(TimeSpan.FromSeconds(2));
}
