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

    /// <summary>The values of the placeholders in all paths, by the job's id.</summary>
    public Func<string, IReadOnlyDictionary<string, string>> PathValues { get; init; } =
        static id => new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = id };

    /// <summary>Query that makes the read wait for the job's end; null where the platform cannot.</summary>
    public KeyValuePair<string, string>? WaitQuery { get; init; }

    /// <summary>How long to wait between reads where the platform cannot; the last holds for all further ones.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = [TimeSpan.FromSeconds(1)];

    /// <summary>The job's own log; null where it has none.</summary>
    public JobLogRules? Log { get; init; }

    /// <summary>Where a job is stopped; null where it cannot be.</summary>
    public string? AbortPath { get; init; }

    public string AbortMethod { get; init; } = "POST";

    /// <summary>How a caller asks for a job later, in words, by its id.</summary>
    public required Func<string, string> HowToAsk { get; init; }

    /// <summary>A job as its path answers; null where the answer is none.</summary>
    public required Func<JsonElement, JobNews?> Read { get; init; }

    /// <summary>Puts the error of a failed job into words.</summary>
    public required Func<JsonElement, string> ReadFailure { get; init; }

    /// <summary>The value of a job that succeeded, by its news and the last lines of its log.</summary>
    public Func<JobNews, IReadOnlyList<string>, JsonElement> ReadResult { get; init; } = static (news, _) => news.Result;

    /// <summary>What a caller should know although the job succeeded.</summary>
    public Func<JobNews, IReadOnlyList<string>, IEnumerable<string>> Warnings { get; init; } = static (_, _) => [];
}

/// <summary>How the log of a job is read bit by bit.</summary>
/// <param name="Path">Below the API's path.</param>
/// <param name="Query">Asks for what comes behind the line of a number.</param>
/// <param name="Lines">The lines of an answer with their numbers, from 1.</param>
internal sealed record JobLogRules(
    string Path,
    Func<int, IReadOnlyList<KeyValuePair<string, string>>> Query,
    Func<JsonElement, IEnumerable<(int Number, string Text)>> Lines);

/// <summary>A job at one moment.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Name">What it does, in words.</param>
/// <param name="Fraction">From 0 to 1; null where the platform does not say.</param>
/// <param name="Result">The value of a success, or the error of a failure.</param>
internal sealed record JobNews(JobState State, string Name, double? Fraction, JsonElement Result);
