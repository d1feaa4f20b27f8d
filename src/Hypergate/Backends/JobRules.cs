using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>How a kind of platform tells of work that goes on after its answer.</summary>
internal sealed record JobRules
{
    /// <summary>The id of the job that an answer (status and value) tells of; null where it tells of none.</summary>
    public required Func<int, JsonElement, string?> IdOf { get; init; }

    /// <summary>Where a job is read, below the API's path: <c>/tasks/{id}</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Query that makes the read wait for the job's end; null where the platform cannot.</summary>
    public KeyValuePair<string, string>? WaitQuery { get; init; }

    /// <summary>Where a job is stopped with POST; null where it cannot be.</summary>
    public string? AbortPath { get; init; }

    /// <summary>A job as its path answers; null where the answer is none.</summary>
    public required Func<JsonElement, JobNews?> Read { get; init; }

    /// <summary>Puts the error of a failed job into words.</summary>
    public required Func<JsonElement, string> ReadFailure { get; init; }
}

/// <summary>A job at one moment.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Name">What it does, in words.</param>
/// <param name="Fraction">From 0 to 1; null where the platform does not say.</param>
/// <param name="Result">The value of a success, or the error of a failure.</param>
internal sealed record JobNews(JobState State, string Name, double? Fraction, JsonElement Result);
