using System.Security.Cryptography;
using Hypergate.Model;

namespace Hypergate.Catalog;

/// <summary>What one backend offered when its description was last read.</summary>
/// <param name="Backend">The configured name.</param>
/// <param name="Operations">In the order of the description.</param>
/// <param name="Hash">SHA-256 of the description, in lower-case hexadecimal: <see cref="HashOf"/>.</param>
/// <param name="Version">The description's own version; may be empty.</param>
/// <param name="ReadAt">When it came from the platform.</param>
/// <param name="Warnings">What an operator should know about it.</param>
public sealed record BackendCatalog(
    string Backend,
    IReadOnlyList<Operation> Operations,
    string Hash,
    string Version,
    DateTimeOffset ReadAt,
    IReadOnlyList<string> Warnings)
{
    private const int MostNames = 10;

    /// <summary>What the description's author says that it is, in a line; may be empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the description's author wants to be known beside the operations; may be empty.</summary>
    public string Guide { get; init; } = "";

    /// <summary>What the description's server calls this state of it (ETag); empty where it does not say.</summary>
    public string Tag { get; init; } = "";

    /// <summary>What is described beside the operations, and offered to nobody before a person accepts it.</summary>
    public IReadOnlyList<WaitingOperation> Waiting { get; init; } = [];

    /// <summary>That something waits, for operators; null where nothing does.</summary>
    public string? WaitingWarning => Waiting.Count == 0 ? null
        : $"{Waiting.Count} of what '{Backend}' describes is new or has changed, and is offered to nobody before a person accepts it: {string.Join(", ", Waiting.Take(MostNames).Select(static change => change.Now.Name.Length == 0 ? "the words about the whole" : change.Now.Name))}{(Waiting.Count > MostNames ? ", …" : "")}. To see it: hypergate backend changes {Backend}";

    /// <summary>Tells one state of a description from another.</summary>
    public static string HashOf(ReadOnlySpan<byte> description) => Convert.ToHexStringLower(SHA256.HashData(description));
}
