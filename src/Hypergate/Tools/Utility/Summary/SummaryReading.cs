using Hypergate.Backends;

namespace Hypergate.Tools.Utility.Summary;

/// <summary>What one backend gave for the overview.</summary>
/// <param name="Summary">Null where nothing could be read.</param>
/// <param name="Problem">What could not be read, and why; null where all could.</param>
internal sealed record SummaryReading(string Backend, InfrastructureSummary? Summary, string? Problem);
