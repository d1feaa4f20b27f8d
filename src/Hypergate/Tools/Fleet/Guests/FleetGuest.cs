using System.Globalization;

namespace Hypergate.Tools.Fleet.Guests;

/// <summary>A guest that a tool works on, as the inventory tells of it.</summary>
internal sealed record FleetGuest
{
    public required FleetBackend Backend { get; init; }

    /// <summary>The number; null where the platform has none.</summary>
    public long? Vmid { get; init; }

    /// <summary>As in <c>guests.id</c>: <c>qemu/100</c>, or a UUID.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Node { get; init; }

    public string? Cluster { get; init; }

    public required string Type { get; init; }

    public required string Status { get; init; }

    public bool IsTemplate { get; init; }

    public string? Lock { get; init; }

    public string? HaState { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool IsContainer => Type == "lxc";

    public bool IsRunning => Status == "running";

    /// <summary>What people call it, with its number.</summary>
    public string Label => Vmid is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Name} ({number})") : Name ?? Id;

    /// <summary>How to name it without doubt.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Backend.Name}/{Node ?? Cluster}/{(Vmid is { } number ? number.ToString(CultureInfo.InvariantCulture) : Id)}");

    public string Candidate => $"{Address} ({Name}, {Status})";

    /// <summary>Values of the path parameters of everything below a guest of Proxmox VE.</summary>
    public (string Name, string Value)[] NodeArguments => [("node", Node ?? ""), ("vmid", Vmid?.ToString(CultureInfo.InvariantCulture) ?? "")];

    /// <summary>A path below a guest of Proxmox VE: <c>/config</c>.</summary>
    public string NodePath(string below) => $"/nodes/{{node}}/{Type}/{{vmid}}{below}";

    public bool IsCalled(string name) =>
        Id.Equals(name, StringComparison.OrdinalIgnoreCase) || Name == name || Vmid?.ToString(CultureInfo.InvariantCulture) == name;

    public static FleetGuest Of(FleetRequest request, RowSet.Row row) => new()
    {
        Backend = request.Find(row.Text("backend")!),
        Cluster = row.Text("cluster"),
        Vmid = row.Int("vmid"),
        Id = row.Text("id") ?? "",
        Name = row.Text("name"),
        Node = row.Text("node"),
        Type = row.Text("type") ?? "vm",
        Status = row.Text("status") ?? "unknown",
        IsTemplate = row.Flag("is_template"),
        Lock = row.Text("lock"),
        HaState = row.Text("ha_state"),
        Tags = row.List("tags"),
    };
}
