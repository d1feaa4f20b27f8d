using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate audit verify | tail | search | export</c>.</summary>
internal static class AuditCommands
{
    private static readonly string[] ShownParts = ["time", "caller", "backend", "operation", "outcome", "consent", "objects", "detail"];

    /// <param name="checkpoints">A file of checkpoints; null for none.</param>
    public static async Task<int> VerifyAsync(IAuditTrail trail, string? checkpoints, Terminal terminal, CancellationToken cancellationToken)
    {
        var report = await trail.VerifyAsync(checkpoints is null ? [] : AuditCheckpoint.ReadAll(checkpoints), cancellationToken);
        foreach (var problem in report.Problems)
        {
            await terminal.Error.WriteLineAsync(problem.ToString());
        }

        foreach (var remark in report.Remarks)
        {
            await terminal.Error.WriteLineAsync($"Note: {remark}");
        }

        await terminal.Output.WriteLineAsync(report.IsIntact
            ? $"The audit in {trail.Place} is whole: {report.Records} records, the last with hash {report.LastHash}."
            : $"The audit in {trail.Place} is NOT whole: {report.Problems.Count} problems.");
        return report.IsIntact ? ExitCode.Done : ExitCode.Failed;
    }

    public static async Task<int> TailAsync(IAuditTrail trail, int count, Terminal terminal, CancellationToken cancellationToken)
    {
        await ShowNewestAsync(trail, count, terminal, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>The newest, and then each one as it comes, until the command is ended.</summary>
    public static async Task<int> FollowAsync(IAuditTrail trail, int count, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var last = await ShowNewestAsync(trail, count, terminal, cancellationToken);
        try
        {
            await foreach (var line in trail.FollowAsync(last, time, cancellationToken))
            {
                await terminal.Output.WriteLineAsync(line);
                await terminal.Output.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it is ended.
        }

        return ExitCode.Done;
    }

    private static async Task<long> ShowNewestAsync(IAuditTrail trail, int count, Terminal terminal, CancellationToken cancellationToken)
    {
        var lines = await trail.TailAsync(count, cancellationToken);
        foreach (var line in lines)
        {
            await terminal.Output.WriteLineAsync(line);
        }

        await terminal.Output.FlushAsync(cancellationToken);
        return lines.Count == 0 ? 0 : AuditFollower.SequenceOf(lines[^1]) ?? 0;
    }

    public static async Task<int> SearchAsync(IAuditTrail trail, AuditFilter filter, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        var found = 0;
        await foreach (var (line, record) in trail.FindAsync(filter, cancellationToken))
        {
            await terminal.Output.WriteLineAsync(json ? line : Words(record));
            found++;
        }

        await terminal.Error.WriteLineAsync(found == 1 ? "1 record." : $"{found} records.");
        return ExitCode.Done;
    }

    public static async Task<int> ExportAsync(IAuditTrail trail, AuditFilter filter, AuditExport wish, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var file = wish.Path is null ? null : NewFile(wish.Path);
        await using var own = file is null ? null : new StreamWriter(file);
        var output = own ?? terminal.Output;
        if (wish.IsCsv)
        {
            await output.WriteLineAsync(AuditCsv.Head);
        }

        var count = 0;
        await foreach (var (line, record) in trail.FindAsync(filter, cancellationToken))
        {
            await output.WriteLineAsync(wish.IsCsv ? AuditCsv.Line(record) : line);
            count++;
        }

        await terminal.Error.WriteLineAsync($"{count} records{(wish.Path is null ? "" : $" in {wish.Path}")}.");
        return ExitCode.Done;
    }

    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return File.Exists(path) ? throw new SettingsException($"--output: {path} exists already") : new FileStream(path, options);
    }

    private static string Words(JsonElement record)
    {
        var parts = ShownParts
            .Select(name => record.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.Array ? string.Join("; ", value.EnumerateArray()) : value.ToString() : "")
            .Where(static text => text.Length > 0);
        return $"{(record.TryGetProperty("seq", out var number) ? number.ToString() : "?"),6}  {string.Join("  ", parts)}";
    }
}

/// <summary>How records are written out.</summary>
/// <param name="IsCsv">Else JSON lines.</param>
/// <param name="Path">Null for standard output.</param>
internal sealed record AuditExport(bool IsCsv, string? Path);
