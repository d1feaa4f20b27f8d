using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Utility.Summary;

/// <summary><c>get_infrastructure_summary</c>: counts, states, capacity and what is not well, for every backend side by side.</summary>
internal sealed class InfrastructureSummaryTool(ToolSurroundings surroundings)
{
    private const int LongestName = 120;
    private const int LongestLine = 400;

    public ToolDefinition Tool => new()
    {
        Name = "get_infrastructure_summary",
        Title = "Infrastructure summary",
        Description = "Pools, hosts, VM counts by state, capacity, what needs attention. Start here.",
        InputSchema = ToolSchema.Closed(static _ => { }),
        OutputSchema = ToolSchema.Open(static writer => ToolSchema.Property(writer, "backends", "array")),
        Hints = ToolHints.Reading,
        Run = RunAsync,
    };

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        if (UtilityArguments.Unexpected(request.Arguments, Tool) is { } fault)
        {
            return fault;
        }

        var readings = await Task.WhenAll(surroundings.Backends
            .Where(static backend => backend.Kind.Summary is not null)
            .Select(backend => ReadAsync(backend, request, cancellationToken)));
        var several = readings.Length > 1;
        return new ToolResult(surroundings.Scrub(string.Join("\n\n", readings.Select(reading => SummaryText.Of(reading, several)))))
        {
            Structured = ToolSchema.Write(writer => SummaryData.Write(writer, readings)),
            IsError = readings.Length > 0 && readings.All(static reading => reading.Summary is null),
        };
    }

    private async Task<SummaryReading> ReadAsync(Backend backend, ToolRequest request, CancellationToken cancellationToken)
    {
        await surroundings.Catalog.SettledAsync(backend.Name, cancellationToken);
        var rules = backend.Kind.Summary!;
        var outcomes = await Task.WhenAll(rules.Reads.Select(async read =>
            (read.Operation, Outcome: await RunAsync(backend, read, request, cancellationToken))));
        var done = outcomes
            .Where(static entry => entry.Outcome is Outcome.Done)
            .ToDictionary(static entry => entry.Operation, static entry => ((Outcome.Done)entry.Outcome!).Value, StringComparer.Ordinal);
        var problem = outcomes.Select(static entry => entry.Outcome).OfType<Outcome.Failed>().FirstOrDefault()?.Detail
            ?? (done.Count == 0 ? "its operations are not known yet; check_connection says why." : null);
        return new SummaryReading(backend.Name, done.Count == 0 ? null : Clean(rules.Make(done)), problem);
    }

    private async Task<Outcome?> RunAsync(Backend backend, SummaryRead read, ToolRequest request, CancellationToken cancellationToken)
    {
        var operation = surroundings.Shown(surroundings.Catalog.Current, backend.Name).FirstOrDefault(candidate => candidate.Name == read.Operation);
        return operation is null
            ? null
            : await surroundings.Pipeline.RunAsync(
                new Call
                {
                    Backend = backend.Name,
                    Operation = operation,
                    Caller = request.Caller,
                    Arguments = ToolSchema.Write(writer => WriteArguments(writer, operation, read)),
                    Tool = Tool.Name,
                },
                cancellationToken);
    }

    private static void WriteArguments(Utf8JsonWriter writer, Operation operation, SummaryRead read)
    {
        if (operation.Parameters.Any(static parameter => parameter.Name == "fields"))
        {
            writer.WriteString("fields", read.Fields);
        }
    }

    // Names come from guests and tenants.
    private static InfrastructureSummary Clean(InfrastructureSummary summary) => summary with
    {
        Pools = [.. summary.Pools.Select(static pool => pool with { Name = Short(pool.Name), Id = Short(pool.Id) })],
        Hosts = [.. summary.Hosts.Select(static host => host with { Name = Short(host.Name), Pool = Short(host.Pool), State = Short(host.State) })],
        Vms = summary.Vms.GroupBy(static state => Short(state.Key), StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Sum(static state => state.Value), StringComparer.Ordinal),
        Storage = [.. summary.Storage.Select(static storage => storage with { Name = Short(storage.Name), Type = Short(storage.Type) })],
        Attention = [.. summary.Attention.Select(static line => CleanText.Cell(CleanText.Line(line, LongestLine)))],
    };

    private static string Short(string text) => CleanText.Cell(CleanText.Line(text, LongestName));
}
