using Hypergate.Model;

namespace Hypergate.Catalog.Search;

/// <summary>
/// What the operations of the two platforms are good for beyond what they say of themselves: a user's groups are set by changing the user,
/// a disk is attached by changing the guest's configuration. Known by method and path.
/// </summary>
internal sealed class OperationUses
{
    private static readonly Lazy<OperationUses> Once = new(static () => new OperationUses());
    private static readonly (string Path, string Word)[] Guests = [("qemu", "vm"), ("lxc", "container")];

    private readonly Dictionary<string, string[]> _uses = new(StringComparer.Ordinal);

    private OperationUses()
    {
        foreach (var line in FieldText.Read("operation-uses").Lines("uses"))
        {
            foreach (var (path, word) in line.Contains("GUEST", StringComparison.Ordinal) ? Guests : [("", "")])
            {
                var (key, uses) = Read(line, path, word);
                _uses[key] = _uses.TryGetValue(key, out var known) ? [.. known, .. uses] : uses;
            }
        }
    }

    public static OperationUses All => Once.Value;

    /// <summary>All operations that it knows, as method and path with empty braces.</summary>
    public IReadOnlyCollection<string> Operations => _uses.Keys;

    /// <summary>Short phrases in English; none where the operation is not known.</summary>
    public IReadOnlyList<string> Of(Operation operation) => _uses.GetValueOrDefault(KeyOf(operation), []);

    /// <summary>A method and a path, without the names of what stands in braces.</summary>
    public static string KeyOf(Operation operation) =>
        $"{operation.Method} {string.Join('/', operation.Path.Split('/').Select(static segment => segment is ['{', ..] ? "{}" : segment))}";

    private static (string Key, string[] Uses) Read(string line, string path, string word)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var uses = path.Length == 0 ? line[(colon + 2)..] : line[(colon + 2)..].Replace("GUEST", word, StringComparison.Ordinal);
        return (path.Length == 0 ? line[..colon] : line[..colon].Replace("GUEST", path, StringComparison.Ordinal), uses.Split("; ", StringSplitOptions.TrimEntries));
    }
}
