using Hypergate.Backends.XenOrchestra;

namespace Hypergate.Backends;

/// <summary>Every kind of platform in this build. A new kind is a folder beside this file and a line here.</summary>
internal static class BackendKinds
{
    public static IReadOnlyList<BackendKind> All { get; } = [XenOrchestraKind.Kind];

    public static BackendKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
