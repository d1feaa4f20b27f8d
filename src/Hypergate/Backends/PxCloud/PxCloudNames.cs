using System.Security.Cryptography;
using System.Text;
using Hypergate.Descriptions;

namespace Hypergate.Backends.PxCloud;

/// <summary>
/// Our names of operations: the operationId with one underscore for every run of other characters; of several operations with one id
/// the one that it fits best keeps it, and the others are named by method and path, as are those without an id. No name depends on the
/// order of the document, and a new operation takes a name away only where its path fits an id better.
/// </summary>
internal static class PxCloudNames
{
    private const int Longest = 64;
    private const int HashLength = 6;

    /// <summary>A name for each operation, by method and path.</summary>
    public static IReadOnlyDictionary<(string Method, string Path), string> Of(IEnumerable<PxCloudMark> marks)
    {
        var names = new Dictionary<(string Method, string Path), string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var inOrder = marks.OrderBy(static mark => mark.Path, StringComparer.Ordinal).ThenBy(static mark => mark.Method, StringComparer.Ordinal).ToList();
        foreach (var same in inOrder.Where(static mark => PackageNames.Cleaned(mark.OperationId).Length > 0).GroupBy(static mark => PackageNames.Cleaned(mark.OperationId), StringComparer.Ordinal))
        {
            var holder = same.MaxBy(static mark => Fit(mark))!;
            names[(holder.Method, holder.Path)] = Free(same.Key, taken);
        }

        foreach (var mark in inOrder.Where(mark => !names.ContainsKey((mark.Method, mark.Path))))
        {
            names[(mark.Method, mark.Path)] = Free(PackageNames.Cleaned(PackageNames.FromPath(mark.Method, mark.Path)), taken);
        }

        return names;
    }

    /// <summary>
    /// What an operation answers to beside its name: the package's name for it, the form that the package's page shows, with an underscore
    /// for each single character, and names that were too long.
    /// </summary>
    public static IEnumerable<string> Others(PxCloudMark mark, string? inPackage)
    {
        if (inPackage is { Length: > 0 })
        {
            yield return inPackage;
        }

        yield return Each($"{mark.Method.ToLowerInvariant()}{mark.Path}");
        if (mark.OperationId.Length > 0)
        {
            yield return Each(mark.OperationId);
        }

        yield return PackageNames.Cleaned(mark.OperationId.Length > 0 ? mark.OperationId : PackageNames.FromPath(mark.Method, mark.Path));
    }

    // How much of an id speaks of the path, then how short the path is: get_vm is about /api/vms/{id}, not about /api/nodes.
    private static (int Words, int Length) Fit(PxCloudMark mark)
    {
        var path = Words.Split(mark.Path).Select(Words.Singular).ToHashSet(StringComparer.Ordinal);
        return (Words.Split(mark.OperationId).Select(Words.Singular).Count(path.Contains), -mark.Path.Length);
    }

    private static string Each(string text) =>
        string.Concat(text.Select(static character => char.IsAsciiLetterOrDigit(character) ? character : '_')).Trim('_');

    private static string Free(string wish, HashSet<string> taken)
    {
        var name = wish.Length <= Longest ? wish : $"{wish[..(Longest - HashLength - 1)]}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wish)).AsSpan(0, HashLength / 2))}";
        for (var number = 2; !taken.Add(name); number++)
        {
            var ending = $"_{number}";
            name = wish[..Math.Min(wish.Length, Longest - ending.Length)] + ending;
        }

        return name;
    }
}
