using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>Calls whose arguments make them dangerous although their operation is not.</summary>
internal static partial class ProxmoxEscalation
{
    private const int MostObjects = 5;

    private static readonly string[] Lists = ["vms", "vmid", "vmids"];

    public static Access OfCall(Operation operation, JsonElement arguments)
    {
        if (operation.Access != Access.Write)
        {
            return operation.Access;
        }

        var body = arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty("body", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        return IsBulk(body) || IsDangerous(operation, body) ? Access.Dangerous : Access.Write;
    }

    private static bool IsDangerous(Operation operation, JsonElement body) => (operation.Method, operation.Path.Split('/')) switch
    {
        ("POST" or "PUT", ["", "nodes", _, "qemu" or "lxc", _, "config"]) => OfConfig(body),
        ("POST", ["", "nodes", _, "qemu" or "lxc"]) => IsOverwrite(body),
        ("POST", ["", "nodes", _, "vzdump"]) => OfBackup(body),
        ("PUT", ["", "nodes", _, "storage", _, "content", _]) => Is(body, "protected", false),
        ("POST", ["", "nodes", _, "startall"]) => ProxmoxValue.Text(body, "vms") is null,
        ("POST", ["", "cluster", "bulk-action", ..]) => !Has(body, "vms"),
        _ => false,
    };

    private static bool OfConfig(JsonElement body) =>
        Has(body, "args") || Has(body, "hookscript") || Has(body, "lock") || Is(body, "protection", false)
        || Is(body, "force", true) || Is(body, "skiplock", true)
        || Names(body, "delete").Concat(Names(body, "revert")).Any(static name => Vital().IsMatch(name))
        || (body.ValueKind == JsonValueKind.Object && body.EnumerateObject().Any(static property => Disk().IsMatch(property.Name)));

    private static bool IsOverwrite(JsonElement body) =>
        (Has(body, "archive") || Is(body, "restore", true)) && (Is(body, "force", true) || (Is(body, "start", true) && Is(body, "unique", false)));

    private static bool OfBackup(JsonElement body) =>
        ProxmoxValue.Text(body, "mode") is "stop" or "suspend" || Is(body, "all", true) || Is(body, "stop", true)
        || Has(body, "prune-backups") || Is(body, "remove", true) || Has(body, "pool");

    private static bool IsBulk(JsonElement body) => Lists.Any(name => Names(body, name).Skip(MostObjects).Any());

    private static bool Has(JsonElement body, string name) => ProxmoxValue.Text(body, name) is not null;

    // A flag counts as it would on the platform: 1, "1", true, on, yes.
    private static bool Is(JsonElement body, string name, bool wanted) =>
        ProxmoxValue.Text(body, name) is { } text
        && (text.ToLowerInvariant() is "1" or "true" or "on" or "yes") == wanted;

    private static IEnumerable<string> Names(JsonElement body, string name)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(static item => item.ToString().Trim())
            : value.ToString().Split([',', ';', ' ', '\0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    [GeneratedRegex(@"^(scsi|virtio|ide|sata|efidisk|tpmstate|unused|mp|net|dev|hostpci|virtiofs)\d+$|^(rootfs|boot|bootdisk)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex Vital();

    [GeneratedRegex(@"^(scsi|virtio|ide|sata|efidisk|tpmstate|unused|mp)\d+$|^rootfs$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex Disk();
}
