using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>One method of one path as the tree declares it.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">The path template.</param>
/// <param name="Declared">Name, texts, parameters, permissions and returns.</param>
internal sealed partial record DeclaredMethod(string Method, string Path, JsonElement Declared)
{
    /// <summary>Whether members lie right below the path: <c>/pools</c> has <c>/pools/{poolid}</c>.</summary>
    public bool HasMembers { get; init; }

    /// <summary>All methods of the path, this one among them.</summary>
    public IReadOnlySet<string> Siblings { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public bool IsList => Method == "GET" && ApiText.Of(Returns, "type") == "array";

    public JsonElement Returns => Declared.TryGetProperty("returns", out var returns) ? returns : default;

    /// <summary>
    /// Whether it only lists the fixed names below it. The API has no mark for these: they carry one of the framework's names, and
    /// their rows nothing but the name.
    /// </summary>
    public bool IsDirectory => IsList && !HasMembers && DirectoryName().IsMatch(ApiText.Of(Declared, "name") ?? "") && HasNamesAlone();

    private bool HasNamesAlone() =>
        ApiText.Object(Returns, "items") is not { } items
        || ApiText.Object(items, "properties") is not { } properties
        || properties.EnumerateObject().All(static property => property.Name is "subdir" or "name" or "id" or "method");

    [GeneratedRegex("^(index|(pci|upid)_index|[a-z]*(dir|cmd)idx)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex DirectoryName();
}
