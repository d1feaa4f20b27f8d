using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>One name of a public DADL file.</summary>
/// <param name="Name">As the file writes it: <c>list_vms</c>.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With the file's own placeholders: <c>/vms/{uuid}.xva</c>.</param>
internal sealed record RegistryName(string Name, string Method, string Path)
{
    /// <summary>How the file's path is the operation's; null where it is another request.</summary>
    public RegistryFit? Fit(Operation operation)
    {
        if (operation.Method != Method)
        {
            return null;
        }

        var (own, others) = (Pieces(operation.Path), Pieces(Path));
        var fit = new RegistryFit();
        return own.Count == others.Count && own.Zip(others).All(pair => fit.Take(pair.First, pair.Second)) ? fit : null;
    }

    // Each part of a path with what stands before it: /vms, /{uuid}, .xva.
    private static List<string> Pieces(string path)
    {
        var pieces = new List<string>();
        for (var (start, at) = (0, 1); at <= path.Length; at++)
        {
            if (at == path.Length || path[at] is '/' or '.')
            {
                pieces.Add(path[start..at]);
                start = at;
            }
        }

        return pieces;
    }
}

/// <summary>What the placeholders of one path are called in another of the same shape.</summary>
internal sealed class RegistryFit
{
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fixed = new(StringComparer.Ordinal);

    /// <summary>The operation's name of an argument, by the name that the file has for it; only those that differ.</summary>
    public IReadOnlyDictionary<string, string> Renamed => _renamed;

    /// <summary>Arguments of the operation that the file's path says by itself: <c>format</c> is <c>xva</c> in <c>/vms/{uuid}.xva</c>.</summary>
    public IReadOnlyDictionary<string, string> Fixed => _fixed;

    /// <summary>Compares a piece of the operation's path with the same piece of the file's.</summary>
    internal bool Take(string own, string other)
    {
        if (own == other)
        {
            return true;
        }

        if (own[0] != other[0] || Placeholder(own) is not { } name)
        {
            return false;
        }

        if (Placeholder(other) is { } theirs)
        {
            _renamed[theirs] = name;
            return true;
        }

        // Behind a dot the file may say what the platform leaves open; a whole part of a path is another address.
        return own[0] == '.' && _fixed.TryAdd(name, other[1..]);
    }

    private static string? Placeholder(string piece) => piece is [_, '{', .., '}'] ? piece[2..^1] : null;
}
