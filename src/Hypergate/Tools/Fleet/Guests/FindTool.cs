using Hypergate.Inventory.Tables;

namespace Hypergate.Tools.Fleet.Guests;

/// <summary><c>find</c>: any object by name, id, IP address, MAC address or tag, over all backends.</summary>
internal static class FindTool
{
    private static readonly string[] Columns = ["backend", "kind", "name", "id", "where", "status", "match"];

    public static FleetTool Tool { get; } = new("find", "Find anything", "Finds guests, nodes, storages, pools and networks by name, number, uuid, IP, MAC or tag, on every platform. Exact matches first.")
    {
        Tables = ["guests", "nodes", "storages", "pools", "snapshots"],
        Parameters =
        [
            new("text", ArgumentType.Text, "What to look for; part of a name will do") { Required = true },
            new("kinds", ArgumentType.Choices) { Values = ["guest", "node", "storage", "pool", "snapshot"] },
        ],
        Rows = 20,
        Run = RunAsync,
    };

    private static async Task<FleetAnswer> RunAsync(FleetRequest request, CancellationToken cancellationToken)
    {
        var text = request.Arguments.Needed("text").Trim();
        if (text.Length < 2 && !text.All(char.IsAsciiDigit))
        {
            throw new FleetException("invalid_arguments", "'text' is too short to find anything by.");
        }

        var kinds = request.Arguments.Texts("kinds");
        bool Asked(string kind) => kinds.Count == 0 ? kind != "snapshot" : kinds.Contains(kind);
        var hits = new List<Hit>();
        foreach (var read in (List<Task<IEnumerable<Hit>>>)
        [
            Asked("guest") ? GuestsAsync(request, text, cancellationToken) : Nothing,
            Asked("node") ? OthersAsync(request, "nodes", "node", text, ["name", "id", "address", "tags"], cancellationToken) : Nothing,
            Asked("storage") ? OthersAsync(request, "storages", "storage", text, ["name", "id", "tags"], cancellationToken) : Nothing,
            Asked("pool") ? OthersAsync(request, "pools", "pool", text, ["pool", "comment"], cancellationToken) : Nothing,
            Asked("snapshot") ? OthersAsync(request, "snapshots", "snapshot", text, ["name", "id"], cancellationToken) : Nothing,
        ])
        {
            hits.AddRange(await read);
        }

        return new FleetAnswer.Table(Columns[1..], Columns, [.. hits
            .OrderBy(static hit => hit.Rank).ThenBy(static hit => hit.Kind == "guest" ? 0 : 1).ThenBy(static hit => hit.Cells[2].IsNull ? "" : hit.Cells[2].Text, StringComparer.OrdinalIgnoreCase)
            .Select(static hit => hit.Cells)]);
    }

    private static Task<IEnumerable<Hit>> Nothing => Task.FromResult<IEnumerable<Hit>>([]);

    private static async Task<IEnumerable<Hit>> GuestsAsync(FleetRequest request, string text, CancellationToken cancellationToken)
    {
        var set = await request.TableAsync("guests", ["backend", "cluster", "vmid", "id", "name", "node", "status", "tags", "ip"], cancellationToken);
        var hits = set.Rows.Select(row => Hit.Of("guest", row, text, ["vmid", "id", "name", "ip", "tags"], row["node"])).OfType<Hit>().ToList();

        // Addresses are inside the guests' configurations, so they are looked for only by what looks like one.
        if (IsAddress(text))
        {
            var nics = await request.TableAsync("nics", text.Contains(':') && !text.Contains("::", StringComparison.Ordinal) && text.Length == 17 ? ["backend", "guest_id", "guest_name", "vmid", "node", "mac", "key"] : null, cancellationToken);
            var known = hits.Select(static hit => (hit.Cells[0].Text, hit.Cells[3].Text)).ToHashSet();
            var guests = set.Rows.ToDictionary(static row => (row.Text("backend")!, row.Text("id")!), static row => row);
            hits.AddRange(nics.Rows
                .Where(nic => !known.Contains((nic.Text("backend")!, nic.Text("guest_id") ?? "")) && guests.ContainsKey((nic.Text("backend")!, nic.Text("guest_id") ?? "")))
                .Select(nic => Hit.Of("guest", guests[(nic.Text("backend")!, nic.Text("guest_id")!)], text, nic))
                .OfType<Hit>());
        }

        return hits;
    }

    private static async Task<IEnumerable<Hit>> OthersAsync(
        FleetRequest request, string table, string kind, string text, string[] columns, CancellationToken cancellationToken)
    {
        var set = await request.TableAsync(table, null, cancellationToken);
        var has = set.Reading.Table;
        return set.Rows
            .Where(row => has.IndexOf("counted") < 0 || row.Flag("counted"))
            .Select(row => Hit.Of(kind, row, text, columns, kind == "snapshot" ? row["guest_name"] : has.IndexOf("node") >= 0 ? row["node"] : row["cluster"], columns[0], has))
            .OfType<Hit>();
    }

    private static bool IsAddress(string text) =>
        System.Net.IPAddress.TryParse(text, out _) && text.Contains('.') || text.Contains(':');

    private sealed record Hit(int Rank, string Kind, Cell[] Cells)
    {
        public static Hit? Of(string kind, RowSet.Row row, string text, IReadOnlyList<string> columns, Cell where) =>
            Of(kind, row, text, columns, where, "name", null);

        public static Hit? Of(string kind, RowSet.Row row, string text, IReadOnlyList<string> columns, Cell where, string name, TableDefinition? table)
        {
            var (rank, match) = (int.MaxValue, "");
            foreach (var column in columns)
            {
                if (RankOf(row[column], text) is { } found && found < rank)
                {
                    (rank, match) = (found, column);
                }
            }

            var status = table is null || table.IndexOf("status") >= 0 ? row["status"] : Cell.Null;
            var id = table is null || table.IndexOf("id") >= 0 ? row["id"] : row[name];
            return rank == int.MaxValue ? null : new Hit(rank, kind, [row["backend"], Cell.Of(kind), row[name], id, where, status, Cell.Of(match)]);
        }

        /// <summary>A guest that was found by one of its interfaces.</summary>
        public static Hit? Of(string kind, RowSet.Row guest, string text, RowSet.Row nic)
        {
            var match = RankOf(nic["mac"], text) == 0 ? "mac" : nic.List("addresses").Contains(text, StringComparer.OrdinalIgnoreCase) ? "ip" : null;
            return match is null ? null : new Hit(0, kind, [guest["backend"], Cell.Of(kind), guest["name"], guest["id"], guest["node"], guest["status"], Cell.Of($"{match} of {nic.Text("key")}")]);
        }

        // 0 for the same, 1 for a beginning, 2 for a part; null for nothing.
        private static int? RankOf(Cell cell, string text) => cell.Kind switch
        {
            CellKind.Int => cell.Int.ToString(System.Globalization.CultureInfo.InvariantCulture) == text ? 0 : null,
            CellKind.List => cell.List.Contains(text, StringComparer.OrdinalIgnoreCase) ? 0 : null,
            CellKind.Text when cell.Text.Equals(text, StringComparison.OrdinalIgnoreCase) => 0,
            CellKind.Text when cell.Text.StartsWith(text, StringComparison.OrdinalIgnoreCase) => 1,
            CellKind.Text when text.Length > 2 && cell.Text.Contains(text, StringComparison.OrdinalIgnoreCase) => 2,
            _ => null,
        };
    }
}
