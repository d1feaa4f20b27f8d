using Hypergate.Governance.Audit;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate audit verify | tail</c>.</summary>
internal static class AuditCommands
{
    public static async Task<int> VerifyAsync(string folder, Terminal terminal)
    {
        var report = AuditVerifier.Verify(folder);
        foreach (var problem in report.Problems)
        {
            await terminal.Error.WriteLineAsync(problem.ToString());
        }

        await terminal.Output.WriteLineAsync(report.IsIntact
            ? $"The audit in {folder} is whole: {report.Records} records, the last with hash {report.LastHash}."
            : $"The audit in {folder} is NOT whole: {report.Problems.Count} problems.");
        return report.IsIntact ? ExitCode.Done : ExitCode.Failed;
    }

    public static async Task<int> TailAsync(string folder, int count, Terminal terminal)
    {
        foreach (var line in AuditTail.Read(folder, count))
        {
            await terminal.Output.WriteLineAsync(line);
        }

        return ExitCode.Done;
    }
}
