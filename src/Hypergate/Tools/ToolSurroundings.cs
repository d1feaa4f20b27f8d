using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Governance;
using Hypergate.Governance.Authorization;
using Hypergate.Governance.Limits;
using Hypergate.Model;
using Hypergate.Tools.Operations;

namespace Hypergate.Tools;

/// <summary>What tools work with. A tool reaches a platform through <see cref="Pipeline"/> alone.</summary>
internal sealed record ToolSurroundings
{
    /// <summary>What a caller may use up.</summary>
    public Func<Caller, LimitSettings> LimitsOf { get; init; } = static _ => new();

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The configured backends, in the order of the settings.</summary>
    public required IReadOnlyList<Backend> Backends { get; init; }

    public required LiveCatalog Catalog { get; init; }

    public required CallPipeline Pipeline { get; init; }

    /// <summary>Which operations exist for callers, by backend.</summary>
    public required IReadOnlyDictionary<string, OperationPolicy> Policies { get; init; }

    /// <summary>How answers of platforms become text and data.</summary>
    public required AnswerWriter Answers { get; init; }

    /// <summary>Records that a caller tried to call what it does not have.</summary>
    public Func<MissedCall, Task> Missed { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Records a call of a name that means nothing that the caller has; one that could mean several operations is no such call.</summary>
    public Task MissAsync(OperationFinding.Missing missing, MissedCall call) => missing.Candidates.Count == 0 ? Missed(call) : Task.CompletedTask;

    /// <summary>Takes known secrets out of a text.</summary>
    public required Func<string, string> Scrub { get; init; }

    /// <summary>The configured name of a backend that is named as the settings write it, or as scripts do: <c>xo_paris</c> for <c>xo-paris</c>, in any case. Null for none.</summary>
    public string? BackendCalled(string name) =>
        (Backends.FirstOrDefault(backend => backend.Name == name) ?? Backends.FirstOrDefault(backend => OperationToolNames.Plain(backend.Name).Equals(OperationToolNames.Plain(name), StringComparison.OrdinalIgnoreCase)))?.Name;

    /// <summary>The operations of a backend that callers may see, in the order of its description.</summary>
    public IEnumerable<Operation> Shown(CatalogSnapshot catalog, string backend) =>
        catalog.Find(backend)?.Operations.Where(Policies[backend].Shows) ?? [];

    /// <summary>The operation of that name, where callers may see it.</summary>
    public Operation? FindShown(CatalogSnapshot catalog, string backend, string name) =>
        catalog.Find(backend, name) is { } operation && Policies[backend].Shows(operation) ? operation : null;

    /// <summary>Waits until the operations of a backend, or of all, are known or were given up for now. One that does not exist is not waited for.</summary>
    public Task SettledAsync(string? backend, CancellationToken cancellationToken) => Task.WhenAll(Backends
        .Where(known => backend is null || known.Name == backend)
        .Select(known => Catalog.SettledAsync(known.Name, cancellationToken)));

    /// <summary>Why a backend's operations are not known; null where they are.</summary>
    public string? Gap(string backend) => Catalog.Current.Find(backend) is not null
        ? null
        : Scrub($"The operations of '{backend}' are not known yet: {Backends.First(candidate => candidate.Name == backend).State.Problem ?? "it has not answered so far."}");
}
