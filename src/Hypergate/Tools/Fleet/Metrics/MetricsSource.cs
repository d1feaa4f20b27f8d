namespace Hypergate.Tools.Fleet.Metrics;

/// <summary>Where measurements of one kind of platform come from.</summary>
/// <param name="Node">Of a node by its name.</param>
/// <param name="Guest">Of a guest.</param>
internal sealed record MetricsSource(
    Func<FleetRequest, FleetBackend, string, MetricsWish, CancellationToken, Task<MetricsSeries>> Node,
    Func<FleetRequest, Guests.FleetGuest, MetricsWish, CancellationToken, Task<MetricsSeries>> Guest);

/// <summary>Which measurements are wanted.</summary>
/// <param name="Frame"><c>Hour</c>, <c>Day</c>, <c>Week</c>, <c>Month</c> or <c>Year</c>.</param>
/// <param name="Maximum">The highest value of each step instead of the mean.</param>
internal sealed record MetricsWish(string Frame, bool Maximum);

/// <summary>Measurements of one object: for each moment a value for each metric, not a number where there is none.</summary>
/// <param name="StepSeconds">Between two moments.</param>
/// <param name="Times">Oldest first.</param>
/// <param name="Values">By the name of the metric, in the order of the times.</param>
internal sealed record MetricsSeries(int StepSeconds, IReadOnlyList<DateTimeOffset> Times, IReadOnlyDictionary<string, double[]> Values);
