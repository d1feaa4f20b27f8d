namespace Hypergate.Results;

/// <summary>How much of a value is written. What is left out is counted in its place.</summary>
/// <param name="Characters">Of each string.</param>
/// <param name="Items">Of each array.</param>
/// <param name="Properties">Of each object.</param>
/// <param name="Depth">Levels of objects and arrays below the root.</param>
internal sealed record Limits(int Characters, int Items, int Properties, int Depth)
{
    /// <summary>Everything is written.</summary>
    public static Limits None { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>Ever tighter: the first under which a value fits its budget shows the most of it. The last fits any budget.</summary>
    public static IReadOnlyList<Limits> Steps { get; } =
    [
        new(8_000, 400, 2_000, 32), new(4_000, 200, 1_000, 32), new(2_000, 100, 500, 16), new(1_000, 60, 250, 16),
        new(500, 40, 200, 12), new(300, 25, 150, 10), new(200, 15, 120, 8), new(120, 10, 100, 6), new(80, 6, 80, 5), new(60, 4, 60, 4),
        new(40, 3, 40, 3), new(40, 2, 25, 2), new(30, 1, 15, 1), new(20, 1, 6, 1), new(10, 0, 2, 0),
    ];
}
