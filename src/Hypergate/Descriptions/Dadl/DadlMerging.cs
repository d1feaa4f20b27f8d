namespace Hypergate.Descriptions.Dadl;

/// <summary>Merges a fragment into a file: what the file says itself wins, and <paramref name="overrides"/> over both. Two fragments must not say different things of one key.</summary>
internal sealed class DadlMerging(DadlFaults faults, DadlNode.Mapping? overrides)
{
    /// <param name="root">The file, with the fragments before.</param>
    /// <param name="place">The keys that lead to the place; what is missing on the way is made.</param>
    /// <param name="fragment">What is put there.</param>
    public DadlNode.Mapping Put(DadlNode.Mapping root, string[] place, DadlNode.Mapping fragment) => Put(root, place, 0, fragment);

    private DadlNode.Mapping Put(DadlNode.Mapping at, string[] place, int step, DadlNode.Mapping fragment)
    {
        if (step == place.Length)
        {
            var merged = Deep(fragment, at, string.Join('.', place), overrides);
            return overrides is null ? merged : Deep(merged, overrides, null, null);
        }

        var inner = at.Find(place[step]) as DadlNode.Mapping ?? new DadlNode.Mapping(at.Line, at.Column, []);
        return With(at, new DadlEntry(place[step], inner.Line, inner.Column, Put(inner, place, step + 1, fragment)));
    }

    // The second wins; lists are replaced. Without a path nobody is asked.
    private DadlNode.Mapping Deep(DadlNode.Mapping first, DadlNode.Mapping second, string? path, DadlNode.Mapping? settled) => second.Entries.Aggregate(first, (map, entry) =>
    {
        var known = map.Find(entry.Key);
        if (known is DadlNode.Mapping below && entry.Value is DadlNode.Mapping above)
        {
            return With(map, entry with { Value = Deep(below, above, path is null ? null : $"{path}.{entry.Key}", settled?.Find(entry.Key) as DadlNode.Mapping) });
        }

        if (path is not null && known is not null && IsDisputed(known, entry.Value) && settled?.Find(entry.Key) is null)
        {
            faults.Add(DadlRules.WrongType, $"{path}.{entry.Key}", known, $"{entry.Value.File} says something else: only one of the two fragments can hold; overrides can settle it");
        }

        return With(map, entry);
    });

    private static bool IsDisputed(DadlNode known, DadlNode other) =>
        other.File is { } file && known.File is { } mine && file != mine && !(known is DadlNode.Scalar one && other is DadlNode.Scalar two && one.Text == two.Text);

    private static DadlNode.Mapping With(DadlNode.Mapping map, DadlEntry entry) => map with
    {
        Entries = map.Find(entry.Key) is null ? [.. map.Entries, entry] : [.. map.Entries.Select(known => known.Key == entry.Key ? entry : known)],
    };
}
