using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>What an operator says about the classes of operations, by patterns as <see cref="OperationPattern"/> reads them.</summary>
/// <param name="words">Classes by pattern; an exact name wins over a pattern, and of patterns the longest.</param>
internal sealed class AccessOverrides(IReadOnlyDictionary<string, string> words)
{
    private readonly List<(string Pattern, Access Access)> _entries = words.Count == 0 ? [] :
    [
        .. words.OrderBy(static pair => !OperationPattern.IsExact(pair.Key))
            .ThenByDescending(static pair => pair.Key.Length)
            .ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => (pair.Key, Enum.Parse<Access>(pair.Value, ignoreCase: true))),
    ];

    public static AccessOverrides None { get; } = new(new Dictionary<string, string>());

    /// <summary>The operations with the operator's classes; the same list where there are none.</summary>
    public IReadOnlyList<Operation> Apply(IReadOnlyList<Operation> operations) =>
        _entries.Count == 0 ? operations : [.. operations.Select(operation => Find(operation) is { } access ? operation with { Access = access } : operation)];

    private Access? Find(Operation operation)
    {
        foreach (var (pattern, access) in _entries)
        {
            if (OperationPattern.Matches(pattern, operation))
            {
                return access;
            }
        }

        return null;
    }
}
