using Hypergate.Inventory.Tables;

namespace Hypergate.Inventory;

/// <summary>Which guest a row belongs to.</summary>
internal sealed record GuestPlace
{
    /// <summary>The columns that name the guest in the tables of its parts.</summary>
    public static IReadOnlyList<(string Column, Func<GuestPlace, Cell> Cell)> Cells { get; } =
    [
        ("backend", static guest => Cell.Of(guest.Backend)),
        ("cluster", static guest => Cell.Of(guest.Cluster)),
        ("vmid", static guest => Cell.Of(guest.Vmid)),
        ("guest_id", static guest => Cell.Of(guest.Id)),
        ("guest_name", static guest => Cell.Of(guest.Name)),
        ("node", static guest => Cell.Of(guest.Node)),
        ("type", static guest => Cell.Of(guest.Type)),
    ];

    public required string Backend { get; init; }

    public string? Cluster { get; init; }

    public long? Vmid { get; init; }

    /// <summary>As in <c>guests.id</c>: <c>qemu/100</c>, or a UUID.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Node { get; init; }

    public required string Type { get; init; }

    /// <summary>Whether rows of this guest could be wanted.</summary>
    public bool IsAdmitted(TableVisit visit) =>
        visit.Admits("vmid", Cell.Of(Vmid))
        && visit.Admits("guest_id", Cell.Of(Id))
        && visit.Admits("guest_name", Cell.Of(Name))
        && visit.Admits("node", Cell.Of(Node))
        && visit.Admits("type", Cell.Of(Type));
}
