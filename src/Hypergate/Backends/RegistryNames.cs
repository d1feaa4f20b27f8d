using System.Collections.Frozen;

namespace Hypergate.Backends;

/// <summary>
/// The names that the public DADL file of a kind of platform has for its requests. Whoever learned them there finds the same operation of the
/// platform's own description, by method and path: a name is never listed, and never stands in the way of the platform's own.
/// </summary>
internal sealed class RegistryNames
{
    private readonly FrozenDictionary<string, RegistryName> _names;

    private RegistryNames(string file, IEnumerable<RegistryName> names) =>
        (File, _names) = (file, names.ToFrozenDictionary(static name => name.Name, StringComparer.Ordinal));

    /// <summary>What the file calls the platform, as scripts write it: <c>xen_orchestra</c>.</summary>
    public string File { get; }

    public IReadOnlyCollection<RegistryName> All => _names.Values;

    /// <summary>Reads the lines name, method, path of a table inside the program.</summary>
    public static RegistryNames Read(string file, string resource)
    {
        using var stream = typeof(RegistryNames).Assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is not in the program.");
        using var text = new StreamReader(stream);
        var lines = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new RegistryNames(file, lines.Where(static line => line[0] != '#').Select(static line => line.Split('\t')).Select(static cells => new RegistryName(cells[0], cells[1], cells[2])));
    }

    public RegistryName? Find(string name) => _names.GetValueOrDefault(name);
}
