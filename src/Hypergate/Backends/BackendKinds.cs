using Hypergate.Backends.Dadl;
using Hypergate.Backends.Proxmox;
using Hypergate.Backends.PxCloud;
using Hypergate.Backends.Rest;
using Hypergate.Backends.XenOrchestra;
using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>Every kind of platform in this build. A new kind is a folder beside this file and a line here.</summary>
internal static class BackendKinds
{
    public static IReadOnlyList<BackendKind> All { get; } = [XenOrchestraKind.Kind, ProxmoxKind.Kind, RestKind.Kind, DadlKind.Kind, PxCloudKind.Kind];

    /// <summary>What any of them hides: for texts of which nobody knows what they are about.</summary>
    public static RedactionRules Redaction { get; } = new()
    {
        Hidden = [.. All.SelectMany(static kind => kind.Redaction.Hidden).Distinct(StringComparer.Ordinal)],
        HiddenUnlessAsked = [.. All.SelectMany(static kind => kind.Redaction.HiddenUnlessAsked).Distinct(StringComparer.Ordinal)],
        HiddenInside = [.. All.SelectMany(static kind => kind.Redaction.HiddenInside).Distinct(StringComparer.Ordinal)],
        Addresses = [.. All.SelectMany(static kind => kind.Redaction.Addresses).Distinct(StringComparer.Ordinal)],
        Credentials = [.. All.SelectMany(static kind => kind.Redaction.Credentials)],
    };

    public static BackendKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>The same list for the reading of settings, which makes no kind.</summary>
internal static class KindsOfSettings
{
    public static IReadOnlyList<BackendKindSettings> All { get; } = [XenOrchestraAuth.Settings, ProxmoxAuth.Settings, RestAuth.Settings, DadlAuthSettings.Settings, PxCloudAuth.Settings];

    public static BackendKindSettings? Find(string name)
    {
        foreach (var kind in All)
        {
            if (kind.Name == name)
            {
                return kind;
            }
        }

        return null;
    }
}
