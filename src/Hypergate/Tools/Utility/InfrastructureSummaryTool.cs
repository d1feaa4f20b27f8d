using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Utility;

/// <summary><c>get_infrastructure_summary</c>: counts, states, capacity and what is not well, for every backend side by side.</summary>
internal sealed class InfrastructureSummaryTool(ToolSurroundings surroundings)
{
    private const int MostHosts = 40;
    private const int MostStorage = 20;
    private const int MostAttention = 20;
    private const int LongestName = 120;
    private const int LongestLine = 400;

    public ToolDefinition Tool => new()
    {
        Name = "get_infrastructure_summary",
        Title = "Infrastructure summary",
        Description = "Pools, hosts, VM counts by state, capacity, and what needs attention. Start here for an overview.",
        InputSchema = ToolSchema.Closed(static _ => { }),
        OutputSchema = ToolSchema.Write(static writer =>
        {
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            ToolSchema.Property(writer, "backends", "array");
            writer.WriteEndObject();
        }),
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
        return new ToolResult(surroundings.Scrub(string.Join("\n\n", readings.Select(reading => Text(reading, several)))))
        {
            Structured = ToolSchema.Write(writer => Write(writer, readings)),
            IsError = readings.Length > 0 && readings.All(static reading => reading.Summary is null),
        };
    }

    private async Task<Reading> ReadAsync(Backend backend, ToolRequest request, CancellationToken cancellationToken)
    {
        var rules = backend.Kind.Summary!;
        var outcomes = await Task.WhenAll(rules.Reads.Select(async read =>
            (read.Operation, Outcome: await RunAsync(backend, read, request, cancellationToken))));
        var done = outcomes
            .Where(static entry => entry.Outcome is Outcome.Done)
            .ToDictionary(static entry => entry.Operation, static entry => ((Outcome.Done)entry.Outcome!).Value, StringComparer.Ordinal);
        var problem = outcomes.Select(static entry => entry.Outcome).OfType<Outcome.Failed>().FirstOrDefault()?.Detail
            ?? (done.Count == 0 ? "its operations are not known yet; check_connection says why." : null);
        return new Reading(backend.Name, done.Count == 0 ? null : Clean(rules.Make(done)), problem);
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
                    Arguments = ToolSchema.Write(writer => writer.WriteString("fields", read.Fields)),
                    Tool = Tool.Name,
                },
                cancellationToken);
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

    private static string Text(Reading reading, bool several)
    {
        var text = new StringBuilder();
        if (several)
        {
            text.Append("# ").AppendLine(reading.Backend).AppendLine();
        }

        if (reading.Summary is not { } summary)
        {
            return text.Append($"The summary could not be made: {reading.Problem}").ToString();
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"## Pools ({summary.Pools.Count})").AppendLine().AppendLine("| pool | hosts | VMs running | VMs | id |").AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var pool in summary.Pools)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {pool.Name} | {pool.Hosts} | {pool.Running} | {pool.Vms} | {pool.Id} |");
        }

        AppendHosts(text, summary.Hosts);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## VMs ({summary.Vms.Values.Sum()})").AppendLine();
        text.AppendLine(string.Join(", ", summary.Vms.Select(static state => $"{state.Value} {state.Key}")));
        AppendStorage(text, summary.Storage);
        AppendAttention(text, summary.Attention);
        return reading.Problem is null ? text.ToString().TrimEnd() : text.Append($"\nPart of it could not be read: {reading.Problem}").ToString();
    }

    private static void AppendHosts(StringBuilder text, IReadOnlyList<HostSummary> hosts)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Hosts ({hosts.Count}: {States(hosts)})").AppendLine();
        text.AppendLine("| host | pool | state | VMs | cores | memory used |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var host in hosts.Take(MostHosts))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {host.Name} | {host.Pool} | {host.State} | {host.Vms} | {host.Cores} | {Share(host.MemoryUsed, host.MemorySize)} |");
        }

        AppendRest(text, hosts.Count - MostHosts, "hosts_query GetHosts");
    }

    private static string States(IReadOnlyList<HostSummary> hosts) =>
        string.Join(", ", hosts.CountBy(static host => host.State).OrderByDescending(static state => state.Value).Select(static state => $"{state.Value} {state.Key}"));

    private static void AppendStorage(StringBuilder text, IReadOnlyList<StorageSummary> storage)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Storage ({storage.Count})").AppendLine();
        text.AppendLine("| storage | type | shared | used |").AppendLine("| --- | --- | --- | --- |");
        foreach (var item in storage.OrderByDescending(static item => item.Size == 0 ? 0 : (double)item.Used / item.Size).Take(MostStorage))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {item.Name} | {item.Type} | {(item.Shared ? "yes" : "no")} | {Share(item.Used, item.Size)} |");
        }

        AppendRest(text, storage.Count - MostStorage, "srs_query GetSrs");
    }

    private static void AppendAttention(StringBuilder text, IReadOnlyList<string> attention)
    {
        text.AppendLine().AppendLine("## Needs attention").AppendLine();
        foreach (var line in attention.Take(MostAttention))
        {
            text.Append("- ").AppendLine(line);
        }

        if (attention.Count == 0)
        {
            text.AppendLine("Nothing that the platform reports.");
        }

        AppendRest(text, attention.Count - MostAttention, null);
    }

    private static void AppendRest(StringBuilder text, int rest, string? where)
    {
        if (rest > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"… and {rest} more{(where is null ? "" : $": {where}")}.");
        }
    }

    private static string Share(long used, long size) => size == 0
        ? "unknown"
        : string.Create(CultureInfo.InvariantCulture, $"{Gibibytes(used)} of {Gibibytes(size)} GiB ({100.0 * used / size:0} %)");

    private static string Gibibytes(long bytes) => (bytes / (1024.0 * 1024 * 1024)).ToString("0", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, Reading[] readings)
    {
        writer.WriteStartArray("backends");
        foreach (var reading in readings)
        {
            writer.WriteStartObject();
            writer.WriteString("backend", reading.Backend);
            if (reading.Problem is { } problem)
            {
                writer.WriteString("problem", problem);
            }

            if (reading.Summary is { } summary)
            {
                Write(writer, summary);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, InfrastructureSummary summary)
    {
        writer.WriteNumber("pools", summary.Pools.Count);
        writer.WriteNumber("hosts", summary.Hosts.Count);
        writer.WriteStartObject("vms");
        foreach (var (state, count) in summary.Vms)
        {
            writer.WriteNumber(state, count);
        }

        writer.WriteEndObject();
        writer.WriteNumber("storage_used_bytes", summary.Storage.Sum(static item => item.Used));
        writer.WriteNumber("storage_size_bytes", summary.Storage.Sum(static item => item.Size));
        writer.WriteStartArray("attention");
        foreach (var line in summary.Attention.Take(MostAttention))
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
    }

    private sealed record Reading(string Backend, InfrastructureSummary? Summary, string? Problem);
}
