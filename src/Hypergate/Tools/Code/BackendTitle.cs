using Hypergate.Backends;
using Hypergate.Catalog;

namespace Hypergate.Tools.Code;

/// <summary>What a backend is, for whoever writes scripts: its platform, or what the author of its description says.</summary>
internal static class BackendTitle
{
    private const int Longest = 60;

    public static string Of(Backend backend, CatalogSnapshot catalog) => backend.Kind.IsAnyApi && catalog.Find(backend.Name) is { Summary.Length: > 0 } described
        ? TypeScriptText.Comment(described.Summary, Longest)
        : backend.Kind.Title;
}
