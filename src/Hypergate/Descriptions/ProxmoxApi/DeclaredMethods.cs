using System.Text.Json;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>Every method of the tree, in its order.</summary>
internal static class DeclaredMethods
{
    private static readonly string[] Known = ["GET", "POST", "PUT", "DELETE"];

    /// <exception cref="DescriptionException">There are more than may be.</exception>
    public static IReadOnlyList<DeclaredMethod> In(JsonElement tree, int most)
    {
        var found = new List<DeclaredMethod>();
        Collect(tree, found, most);
        var byPath = found.GroupBy(static method => method.Path, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Select(static method => method.Method).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var collections = found.Where(static method => method.Path.EndsWith('}'))
            .Select(static method => method.Path[..method.Path.LastIndexOf('/')])
            .ToHashSet(StringComparer.Ordinal);
        return found.ConvertAll(method => method with
        {
            HasMembers = collections.Contains(method.Path),
            Siblings = byPath[method.Path],
        });
    }

    private static void Collect(JsonElement nodes, List<DeclaredMethod> found, int most)
    {
        if (nodes.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var node in nodes.EnumerateArray())
        {
            if (node.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            CollectMethods(node, found);
            if (found.Count > most)
            {
                throw new DescriptionException($"The API description names more than {most} operations");
            }

            if (node.TryGetProperty("children", out var children))
            {
                Collect(children, found, most);
            }
        }
    }

    private static void CollectMethods(JsonElement node, List<DeclaredMethod> found)
    {
        if (ApiText.Of(node, "path") is not ['/', ..] path || ApiText.Object(node, "info") is not { } info)
        {
            return;
        }

        foreach (var method in Known)
        {
            if (ApiText.Object(info, method) is { } declared)
            {
                found.Add(new DeclaredMethod(method, path, declared));
            }
        }
    }
}
