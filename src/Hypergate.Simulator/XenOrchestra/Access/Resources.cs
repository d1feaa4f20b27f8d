using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Access;

/// <summary>The words that name a collection elsewhere than in paths.</summary>
internal static class Resources
{
    /// <summary>The word of privileges: <c>backup-repositories</c> → <c>backup-repository</c>.</summary>
    public static string Resource(string collection) =>
        collection.EndsWith("ies", StringComparison.Ordinal) ? collection[..^3] + "y" : collection[..^1];

    /// <summary>The collection of a privilege's word: <c>proxy</c> → <c>proxies</c>.</summary>
    public static string CollectionOf(string resource) =>
        resource.EndsWith('y') ? resource[..^1] + "ies" : resource + "s";

    /// <summary>The word of tasks: <c>VM</c>, <c>server</c>.</summary>
    public static string TaskType(Collection collection) =>
        collection.ComesFromPools ? collection.Type : Resource(collection.Name);
}
