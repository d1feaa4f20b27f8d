using Hypergate.Backends;
using Hypergate.Inventory.Tables;
using Hypergate.Schemas;

namespace Hypergate.Inventory;

/// <summary>The objects of all platforms as tables, read through the call pipeline in the name of whoever asks.</summary>
internal sealed class PlatformInventory(IReadOnlyList<Backend> backends, InventoryRoom room) : ITableSource
{
    private const string Tool = "inventory";

    public InventoryRoom Room => room;

    public IReadOnlyList<Backend> Backends => backends;

    public Task<TableReading> ReadAsync(TableRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, new ReadWish(request.Caller, request.Conversation, Tool), cancellationToken);

    /// <summary>The same for a tool that gives its name for the audit, or wants nothing from before.</summary>
    public async Task<TableReading> ReadAsync(TableRequest request, ReadWish wish, CancellationToken cancellationToken)
    {
        var table = InventoryTables.Find(request.Table)
            ?? throw new ArgumentException($"There is no table '{request.Table}'.{Nearest(request.Table, InventoryTables.All.Select(static known => known.Name))}", nameof(request));
        var readings = await Task.WhenAll(Asked(request).Select(backend => ReadAsync(backend, table, request, wish, cancellationToken)));
        return new TableReading(
            table,
            readings is [var only] ? only.Rows : [.. readings.SelectMany(static reading => reading.Rows)],
            [.. readings.SelectMany(static reading => reading.Problems)]);
    }

    public async Task<int> CountAsync(TableRequest request, PricePer per, CancellationToken cancellationToken)
    {
        if (per == PricePer.Backend)
        {
            return Asked(request).Count();
        }

        var (table, columns) = CountedBy(per);
        var reading = await ReadAsync(
            request with { Table = table, Columns = new HashSet<string>(columns.Values.Append("backend").Append("counted"), StringComparer.Ordinal), Bounds = Translated(request.Bounds, columns) },
            cancellationToken);
        var bounds = Translated(request.Bounds, columns);
        var backend = reading.Table.IndexOf("backend");
        return reading.Rows
            .Where(row => Counts(reading.Table, row, bounds))
            .CountBy(row => row[backend].Text, StringComparer.Ordinal)
            .Sum(group => Math.Min(group.Value, MostCalls(group.Key)));
    }

    private int MostCalls(string backend) =>
        backends.FirstOrDefault(known => known.Name == backend) is { } found && InventoryPlatforms.Find(found.Kind.Name) is { } platform ? platform.MostCalls : int.MaxValue;

    /// <summary>Reads one backend, for a tool that needs more than a table.</summary>
    public PlatformReads Reads(Backend backend, ReadWish wish) => new(backend, room, wish);

    private static bool Counts(TableDefinition table, Cell[] row, IReadOnlyList<ColumnBound> bounds)
    {
        var counted = table.IndexOf("counted");
        return (counted < 0 || row[counted] is { IsNull: false, Bool: true })
            && bounds.All(bound => table.IndexOf(bound.Column) is var index && (index < 0 || bound.Admits(row[index])));
    }

    // By which names other tables call the columns of the counted objects.
    private static (string Table, Dictionary<string, string> Columns) CountedBy(PricePer per) => per switch
    {
        PricePer.Guest => ("guests", new(StringComparer.Ordinal) { ["vmid"] = "vmid", ["guest_id"] = "id", ["guest_name"] = "name", ["node"] = "node", ["type"] = "type" }),
        PricePer.Storage => ("storages", new(StringComparer.Ordinal) { ["storage"] = "name" }),
        _ => ("nodes", new(StringComparer.Ordinal) { ["node"] = "name" }),
    };

    private static List<ColumnBound> Translated(IReadOnlyList<ColumnBound> bounds, Dictionary<string, string> columns) =>
        [.. bounds.Where(bound => columns.ContainsKey(bound.Column)).Select(bound => bound with { Column = columns[bound.Column] })];

    private IEnumerable<Backend> Asked(TableRequest request)
    {
        foreach (var name in request.Backends ?? [])
        {
            if (backends.All(backend => backend.Name != name))
            {
                throw new ArgumentException($"There is no backend '{name}'.{Nearest(name, backends.Select(static known => known.Name))}", nameof(request));
            }
        }

        return backends.Where(backend => request.Backends is null || request.Backends.Contains(backend.Name));
    }

    private static string Nearest(string wrong, IEnumerable<string> known) => NearestName.Find(wrong, known) is { } near ? $" Did you mean '{near}'?" : "";

    private async Task<BackendRows> ReadAsync(
        Backend backend, TableDefinition table, TableRequest request, ReadWish wish, CancellationToken cancellationToken)
    {
        if (InventoryPlatforms.Find(backend.Kind.Name) is not { } platform || !platform.Tables.TryGetValue(table.Name, out var reader))
        {
            return BackendRows.None;
        }

        var key = new ReadKey(backend.Name, InventoryRoom.Identity(wish.Caller), What(table, request));
        if (wish.Cached && room.Cache.TryFind<BackendRows>(key, out var known))
        {
            return known;
        }

        await room.Catalog.SettledAsync(backend.Name, cancellationToken);
        var generation = room.Cache.Generation(backend.Name);
        var rows = await ReadAsync(platform, reader, table, new TableVisit(Reads(backend, wish), request), cancellationToken);
        if (rows.Problems.Count == 0)
        {
            room.Cache.Keep(key, rows, InventoryPlatform.LifeOf(table.Name), generation);
        }

        return rows;
    }

    private static async Task<BackendRows> ReadAsync(
        InventoryPlatform platform, TableReader reader, TableDefinition table, TableVisit visit, CancellationToken cancellationToken)
    {
        // Not a cluster out of reach, but one that does not exist for whoever asks.
        if (platform.Missing(table.Name, visit.Reads.Offers) is { } path)
        {
            var missing = PlatformReadException.NotOffered(path);
            return new BackendRows([], [new TableProblem(visit.Backend, missing.Message) { Cause = missing }]);
        }

        try
        {
            var rows = await reader(visit, cancellationToken);
            if (rows.Count == 0 && await platform.WhyEmpty(table.Name, visit.Reads, cancellationToken) is { } reason)
            {
                visit.Report(reason);
            }

            return new BackendRows(rows, [.. visit.Problems.Select(problem => new TableProblem(visit.Backend, problem))]);
        }
        catch (PlatformReadException problem)
        {
            return platform.Unreachable(table, visit.Backend, problem) is { } row
                ? new BackendRows([row], [new TableProblem(visit.Backend, problem.Message)])
                : new BackendRows([], [new TableProblem(visit.Backend, problem.Message) { Cause = problem }, .. visit.Problems.Select(other => new TableProblem(visit.Backend, other))]);
        }
    }

    private static string What(TableDefinition table, TableRequest request)
    {
        var columns = request.Columns is { } wanted ? string.Join(',', wanted.Order(StringComparer.Ordinal)) : "*";
        var bounds = request.Bounds.Select(static bound => $"{bound.Column} {bound.Comparison} {string.Join('|', bound.Values.Select(Shown))}");
        return $"table {table.Name}\n{columns}\n{string.Join('\n', bounds)}";
    }

    private static string Shown(Cell cell) => cell.Kind switch
    {
        CellKind.Text => $"'{cell.Text}'",
        CellKind.Time => cell.Time.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        CellKind.List => string.Join(';', cell.List),
        _ => cell.Number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
    };

    private sealed record BackendRows(IReadOnlyList<Cell[]> Rows, IReadOnlyList<TableProblem> Problems)
    {
        public static BackendRows None { get; } = new([], []);
    }
}
