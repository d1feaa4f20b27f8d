using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>One table being read from one backend.</summary>
internal sealed class TableVisit(PlatformReads reads, TableRequest request)
{
    private const int NamedNodes = 10;

    // Guards the lists, which reads side by side add to.
    private readonly Lock _lock = new();
    private readonly List<string> _problems = [];
    private readonly Dictionary<int, (string First, int Count)> _failures = [];
    private readonly SortedSet<string> _silentNodes = new(StringComparer.Ordinal);

    public PlatformReads Reads => reads;

    public string Backend => reads.Backend;

    public DateTimeOffset Now => reads.Now;

    /// <summary>What is missing, and why.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _problems,
                    .. _failures.Values.Select(static failure => failure.Count == 1 ? failure.First : $"{failure.Count} reads failed, so that rows are missing. The first: {failure.First}"),
                    .. _silentNodes.Count == 0 ? Array.Empty<string>() : [$"node {string.Join(", ", _silentNodes.Take(NamedNodes))} does not answer; what only it knows is missing."],
                ];
            }
        }
    }

    /// <summary>Whether any of these columns is looked at.</summary>
    public bool Wants(params ReadOnlySpan<string> columns)
    {
        if (request.Columns is not { } wanted)
        {
            return true;
        }

        foreach (var column in columns)
        {
            if (wanted.Contains(column))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a row with this value in this column could be wanted.</summary>
    public bool Admits(string column, Cell value) => request.Bounds.All(bound => bound.Column != column || bound.Admits(value));

    /// <summary>The bound of a kind on a column; null where there is none.</summary>
    public ColumnBound? Bound(string column, BoundComparison comparison) =>
        request.Bounds.FirstOrDefault(bound => bound.Column == column && bound.Comparison == comparison);

    public void Report(string problem)
    {
        lock (_lock)
        {
            if (!_problems.Contains(problem, StringComparer.Ordinal))
            {
                _problems.Add(problem);
            }
        }
    }

    /// <summary>One of many reads failed: told once for all that failed alike.</summary>
    public void ReportOne(PlatformReadException problem)
    {
        lock (_lock)
        {
            var status = problem.Status ?? 0;
            _failures[status] = _failures.TryGetValue(status, out var known) ? known with { Count = known.Count + 1 } : (problem.Message, 1);
        }
    }

    /// <summary>A node could not be reached through the platform; told once for all of it.</summary>
    public void ReportSilent(string node)
    {
        lock (_lock)
        {
            _silentNodes.Add(node);
        }
    }

    /// <summary>Whether a node was found silent, so that asking it again is a waste.</summary>
    public bool IsSilent(string node)
    {
        lock (_lock)
        {
            return _silentNodes.Contains(node);
        }
    }
}

/// <summary>Reads one table of one kind of platform.</summary>
/// <returns>One cell for each column of the table's definition.</returns>
/// <exception cref="PlatformReadException">Nothing could be read.</exception>
internal delegate Task<IReadOnlyList<Cell[]>> TableReader(TableVisit visit, CancellationToken cancellationToken);
