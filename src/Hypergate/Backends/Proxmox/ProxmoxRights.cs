using System.Text.Json;

namespace Hypergate.Backends.Proxmox;

/// <summary>The rights of the gateway's own user as <c>/access/permissions</c> tells them: privileges by path.</summary>
internal sealed class ProxmoxRights(JsonElement permissions)
{
    private const int MostPaths = 4;
    private const int MostPrivileges = 6;

    public bool None => permissions.ValueKind != JsonValueKind.Object
        || permissions.EnumerateObject().All(static path => path.Value.ValueKind != JsonValueKind.Object || !path.Value.EnumerateObject().Any());

    /// <summary>Whether one of the privileges is there at a path, above it and handed down, or anywhere below it.</summary>
    public bool Has(string path, IReadOnlyList<string> privileges)
    {
        if (permissions.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var entry in permissions.EnumerateObject())
        {
            foreach (var privilege in privileges)
            {
                if (entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty(privilege, out var propagates) && Reaches(entry.Name, path, propagates))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whom the platform takes us for and what that may, in words.</summary>
    public static string Describe(JsonElement permissions, string holder)
    {
        if (new ProxmoxRights(permissions).None)
        {
            return $"{holder} (no rights at all: {ProxmoxVisibility.Separation})";
        }

        var rights = new ProxmoxRights(permissions);
        if (rights.Has("/", ["Permissions.Modify"]) && rights.IsAt("/", "Sys.Modify") && rights.IsAt("/", "Permissions.Modify"))
        {
            return $"{holder} (administrator: Permissions.Modify and Sys.Modify on /)";
        }

        var paths = permissions.EnumerateObject().Where(static path => path.Value.ValueKind == JsonValueKind.Object && path.Value.EnumerateObject().Any())
            .OrderBy(static path => path.Name.Length).ThenBy(static path => path.Name, StringComparer.Ordinal).ToList();
        var shown = paths.Take(MostPaths).Select(static path => $"{Privileges(path.Value)} on {path.Name}");
        return $"{holder} ({string.Join("; ", shown)}{(paths.Count > MostPaths ? $"; {paths.Count - MostPaths} more paths" : "")})";
    }

    private bool IsAt(string path, string privilege) =>
        permissions.TryGetProperty(path, out var here) && here.ValueKind == JsonValueKind.Object && here.TryGetProperty(privilege, out _);

    private static string Privileges(JsonElement path)
    {
        var names = path.EnumerateObject().Select(static privilege => privilege.Name).Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", names.Take(MostPrivileges)) + (names.Count > MostPrivileges ? $" and {names.Count - MostPrivileges} more" : "");
    }

    private static bool Reaches(string at, string wanted, JsonElement propagates) =>
        at == wanted
        || IsBelow(at, wanted)
        || (IsBelow(wanted, at) && propagates.ToString() is "1" or "True" or "true");

    private static bool IsBelow(string path, string parent) =>
        parent == "/" ? path.Length > 1 : path.StartsWith(parent, StringComparison.Ordinal) && path.Length > parent.Length && path[parent.Length] == '/';
}
