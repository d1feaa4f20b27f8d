using System.Globalization;
using System.Text;
using Hypergate.Backends;

namespace Hypergate.Tools.Utility.Summary;

/// <summary>An overview in Markdown, under the headings that users of the reference server know.</summary>
internal static class SummaryText
{
    private const int MostHosts = 40;
    private const int MostStorage = 20;
    private const int MostAttention = 20;

    public static string Of(SummaryReading reading, bool several)
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

        AppendHosts(text, summary.Hosts, summary.HostsRead);
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## VMs ({summary.Vms.Values.Sum()})").AppendLine();
        text.AppendLine(string.Join(", ", summary.Vms.Select(static state => $"{state.Value} {state.Key}")));
        AppendStorage(text, summary.Storage, summary.StorageRead);
        AppendAttention(text, summary.Attention);
        return reading.Problem is null ? text.ToString().TrimEnd() : text.Append($"\nPart of it could not be read: {reading.Problem}").ToString();
    }

    private static void AppendHosts(StringBuilder text, IReadOnlyList<HostSummary> hosts, string where)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Hosts ({hosts.Count}: {States(hosts)})").AppendLine();
        text.AppendLine("| host | pool | state | VMs | cores | memory used |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var host in hosts.Take(MostHosts))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {host.Name} | {host.Pool} | {host.State} | {host.Vms} | {host.Cores} | {Share(host.MemoryUsed, host.MemorySize)} |");
        }

        AppendRest(text, hosts.Count - MostHosts, where);
    }

    private static string States(IReadOnlyList<HostSummary> hosts) =>
        string.Join(", ", hosts.CountBy(static host => host.State).OrderByDescending(static state => state.Value).Select(static state => $"{state.Value} {state.Key}"));

    private static void AppendStorage(StringBuilder text, IReadOnlyList<StorageSummary> storage, string where)
    {
        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Storage ({storage.Count})").AppendLine();
        text.AppendLine("| storage | type | shared | used |").AppendLine("| --- | --- | --- | --- |");
        foreach (var item in storage.OrderByDescending(static item => item.Size == 0 ? 0 : (double)item.Used / item.Size).Take(MostStorage))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {item.Name} | {item.Type} | {(item.Shared ? "yes" : "no")} | {Share(item.Used, item.Size)} |");
        }

        AppendRest(text, storage.Count - MostStorage, where);
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
}
