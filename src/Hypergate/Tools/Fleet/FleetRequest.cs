using System.Text.Json;
using Hypergate.Inventory;
using Hypergate.Inventory.Tables;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tools.Fleet;

/// <summary>One use of a fleet tool.</summary>
internal sealed record FleetRequest(FleetTool Tool, FleetRoom Room, FleetArguments Arguments, ToolRequest Origin)
{
    private readonly List<string> _warnings = [];
    private PlatformReadException? _failure;
    private bool _hasRead;

    /// <summary>Every backend by the name of the argument.</summary>
    public const string Every = "*";

    public Caller Caller => Origin.Caller;

    public DateTimeOffset Now => Room.Time.GetUtcNow();

    /// <summary>What went wrong beside the answer.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Whether rows say from which backend they are.</summary>
    public bool ShowsBackend => Room.Backends.Count > 1;

    /// <summary>The backends that are asked: the named one, else all.</summary>
    public IReadOnlyList<FleetBackend> Backends => Arguments.Text("backend") is { } name and not Every ? [Find(name)] : Room.Backends;

    /// <summary>The one backend that is meant.</summary>
    public FleetBackend Backend => Backends is [var only]
        ? only
        : throw new FleetException("invalid_arguments", "'backend' is missing.", $"It is one of {Names}.");

    private string Names => string.Join(", ", Room.Backends.Select(static backend => backend.Name));

    public FleetBackend Find(string name) => Room.Backends.FirstOrDefault(backend => backend.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new FleetException(
            "not_found",
            $"There is no backend '{name}'." + (NearestName.Find(name, Room.Backends.Select(static backend => backend.Name)) is { } near ? $" Did you mean '{near}'?" : ""),
            $"It is one of {Names}.");

    public ReadWish Wish(bool cached = true) => new(Caller, Origin.Conversation, Tool.Name) { Cached = cached };

    /// <summary>Reads of one backend in the name of the caller.</summary>
    public PlatformReads Reads(FleetBackend backend, bool cached = true) => Room.Inventory.Reads(backend.Backend, Wish(cached));

    /// <summary>Whether a table of a backend exists for the caller; where the platform has not answered yet, maybe.</summary>
    public bool HasTable(FleetBackend backend, string table) => Room.Catalog.Find(backend.Name) is null || new FleetOffer(Room, backend, Room.Catalog).Has(table);

    /// <summary>A table over the asked backends; what could not be read becomes a warning.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="columns">The columns that are looked at; null for all.</param>
    /// <param name="bounds">What every wanted row meets.</param>
    /// <param name="backends">Which backends; null for those of the arguments.</param>
    /// <param name="cached">Whether rows of a moment ago will do.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<RowSet> TableAsync(
        string table,
        IEnumerable<string>? columns,
        CancellationToken cancellationToken,
        IReadOnlyList<ColumnBound>? bounds = null,
        IReadOnlyList<FleetBackend>? backends = null,
        bool cached = true)
    {
        var reading = await Room.Inventory.ReadAsync(
            new TableRequest
            {
                Table = table,
                Caller = Caller,
                Conversation = Origin.Conversation,
                Backends = [.. (backends ?? Backends).Select(static backend => backend.Name)],
                Columns = columns?.ToHashSet(StringComparer.Ordinal),
                Bounds = bounds ?? [],
            },
            Wish(cached),
            cancellationToken);
        Note([.. reading.Problems.Select(static problem => problem.Cause).OfType<PlatformReadException>()], (backends ?? Backends).Count);
        foreach (var problem in reading.Problems)
        {
            Warn($"{problem.Backend}: {problem.Text}");
        }

        return new RowSet(reading);
    }

    private void Note(List<PlatformReadException> failures, int asked)
    {
        lock (_warnings)
        {
            _failure ??= failures.FirstOrDefault();
            _hasRead |= failures.Count < asked;
        }
    }

    /// <summary>Why nothing at all could be read; null where something was, or nothing was asked.</summary>
    public PlatformReadException? Failure => _hasRead ? null : _failure;

    public void Warn(string warning)
    {
        lock (_warnings)
        {
            if (!_warnings.Contains(warning, StringComparer.Ordinal))
            {
                _warnings.Add(warning);
            }
        }
    }

    /// <summary>One object as the answer.</summary>
    public static FleetAnswer.Record Record(FleetBackend backend, Action<Utf8JsonWriter> write) => new(backend.Name, ToolSchema.Write(write));
}
