using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Tools.Operations;

/// <summary>
/// Names one tool for each operation of each backend: <c>xo_StartVm</c>. A name depends on the settings and on the backend's own
/// description alone: neither on what callers may see, nor on which other backend has answered.
/// </summary>
internal sealed class OperationToolNames
{
    // Clients put up to 16 characters before it, and model providers take 64.
    private const int Longest = 48;
    private const int HashLength = 4;

    private static readonly string[] Reserved = ["web_search", "code_interpreter", "file_search", "computer_use"];

    private readonly Dictionary<(string Backend, string Operation), string> _names = [];

    public OperationToolNames(IReadOnlyList<Backend> backends, CatalogSnapshot catalog)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var backend in backends)
        {
            var prefix = PrefixOf(backend.Name, backends);
            foreach (var operation in catalog.Find(backend.Name)?.Operations ?? [])
            {
                _names[(backend.Name, operation.Name)] = Free(Fitting(prefix + Plain(operation.Name)), taken);
            }
        }
    }

    public string Of(string backend, Operation operation) => _names[(backend, operation.Name)];

    /// <summary>Letters, digits and underscores; every other character becomes an underscore.</summary>
    public static string Plain(string name) => PlainNames.Of(name);

    // Where another backend's name goes on from this one's, a second underscore keeps a_b_c apart from a_b_c.
    private static string PrefixOf(string backend, IReadOnlyList<Backend> backends)
    {
        var prefix = Plain(backend) + "_";
        return backends.Any(other => Plain(other.Name).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) ? prefix + "_" : prefix;
    }

    private static string Fitting(string name)
    {
        name = Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) ? "hypergate_" + name : name;
        return name.Length <= Longest ? name : $"{name[..(Longest - HashLength - 1)]}_{HashOf(name)}";
    }

    private static string HashOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, HashLength / 2));

    private static string Free(string wish, HashSet<string> taken)
    {
        var name = wish;
        for (var number = 2; !taken.Add(name); number++)
        {
            var ending = "_" + number.ToString(CultureInfo.InvariantCulture);
            name = wish[..Math.Min(wish.Length, Longest - ending.Length)] + ending;
        }

        return name;
    }
}
