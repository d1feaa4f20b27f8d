using System.Globalization;
using Hypergate.Schemas;
using Hypergate.Tools.Fleet.Guests;

namespace Hypergate.Tools.Fleet;

/// <summary>Finds the guest that a caller means: by number, uuid, unique name, or backend/node/id. Never by a beginning, never a guess.</summary>
internal static class GuestLookup
{
    private const int MostCandidates = 10;

    private static readonly string[] Columns =
        ["backend", "cluster", "vmid", "id", "name", "node", "type", "status", "is_template", "tags", "lock", "ha_state", "pool", "memory_max"];

    /// <summary>The one guest that the argument <c>vmid</c> names.</summary>
    public static async Task<FleetGuest> OneAsync(FleetRequest request, CancellationToken cancellationToken) =>
        (await FindAsync(request, [request.Arguments.Needed("vmid")], cancellationToken))[0];

    /// <summary>The guests that the argument <c>vmids</c> names, in its order; all that the caller can see where it names none.</summary>
    public static async Task<IReadOnlyList<FleetGuest>> ManyAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var asked = request.Arguments.Texts("vmids");
        return asked.Count > 0 ? await FindAsync(request, asked, cancellationToken) : await AllAsync(request, cancellationToken);
    }

    public static async Task<IReadOnlyList<FleetGuest>> AllAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var changes = request.Tool.Changes.Count > 0;
        var rows = await request.TableAsync("guests", Columns, cancellationToken, cached: !changes);
        return [.. rows.Rows.Select(row => FleetGuest.Of(request, row))];
    }

    private static async Task<IReadOnlyList<FleetGuest>> FindAsync(FleetRequest request, IReadOnlyList<string> asked, CancellationToken cancellationToken)
    {
        var guests = await AllAsync(request, cancellationToken);

        // The same name may stand on a backend that cannot be asked; what is changed must be certain.
        if (request.Tool.Changes.Count > 0 && request.Warnings.Count > 0 && request.Backends.Count > 1 && asked.Any(static name => !name.Contains('/')))
        {
            throw new FleetException("ambiguous", $"Whether this names one guest only cannot be told: {string.Join(" ", request.Warnings)}", "Name the backend.");
        }

        return [.. asked.Select(name => One(request, guests, name.Trim()))];
    }

    private static FleetGuest One(FleetRequest request, IReadOnlyList<FleetGuest> guests, string name)
    {
        var found = Matching(guests, name);
        return found.Count switch
        {
            1 => found[0],
            0 => throw Unknown(request, guests, name),
            _ => throw new FleetException(
                "ambiguous",
                $"'{name}' is {found.Count} guests: {string.Join("; ", found.Take(MostCandidates).Select(request.Room.Words.Invoke, static guest => guest.Candidate))}{(found.Count > MostCandidates ? "; …" : "")}.",
                "Name one as backend/node/id."),
        };
    }

    private static List<FleetGuest> Matching(IReadOnlyList<FleetGuest> guests, string name)
    {
        if (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && guests.Where(guest => guest.Vmid == number).ToList() is { Count: > 0 } numbered)
        {
            return numbered;
        }

        if (guests.Where(guest => guest.Id.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList() is { Count: > 0 } identified)
        {
            return identified;
        }

        return name.Split('/') switch
        {
            [var backend, var node, .. var rest] when rest.Length > 0 && guests.Where(guest => guest.Backend.Name == backend && (guest.Node ?? "") == node && guest.IsCalled(string.Join('/', rest))).ToList() is { Count: > 0 } placed => placed,
            [var backend, .. var rest] when rest.Length > 0 && guests.Where(guest => guest.Backend.Name == backend && guest.IsCalled(string.Join('/', rest))).ToList() is { Count: > 0 } placed => placed,
            _ => [.. guests.Where(guest => guest.Name == name)],
        };
    }

    private static FleetException Unknown(FleetRequest request, IReadOnlyList<FleetGuest> guests, string name)
    {
        var last = name.Split('/')[^1];
        var names = guests.Select(static guest => guest.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var near = new[] { NearestName.Find(last, names) }
            .Concat(last.Length > 1 ? names.Where(known => known.Contains(last, StringComparison.OrdinalIgnoreCase)) : [])
            .OfType<string>().Distinct(StringComparer.Ordinal).Take(5).ToList();
        return new FleetException(
            "not_found",
            $"There is no guest '{request.Room.Words(name)}' that this connection can see." + (near.Count > 0 ? $" Near names: {string.Join(", ", near.Select(request.Room.Words))}." : "")
                + (request.Warnings.Count > 0 ? $" {string.Join(" ", request.Warnings)}" : ""),
            "list_vms shows what there is.");
    }

    private static IEnumerable<string> Select(this IEnumerable<FleetGuest> guests, Func<string, string> words, Func<FleetGuest, string> text) =>
        guests.Select(guest => words(text(guest)));
}
