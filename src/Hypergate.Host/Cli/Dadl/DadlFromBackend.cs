using Hypergate.Backends.Dadl;
using Hypergate.Host.Composition;

namespace Hypergate.Host.Cli.Dadl;

/// <summary><c>hypergate dadl from-backend</c>: a file of what a live backend offers.</summary>
internal static class DadlFromBackend
{
    public static async Task<int> RunAsync(Gateway gateway, string name, string? output, Terminal terminal, CancellationToken cancellationToken)
    {
        if (gateway.Backends.FirstOrDefault(backend => backend.Name == name) is not { } backend)
        {
            await terminal.Error.WriteLineAsync(BackendCommands.NoSuchBackend(gateway, name));
            return ExitCode.Refused;
        }

        gateway.Start();
        await gateway.FirstTries.WaitAsync(cancellationToken);
        if (gateway.Parts.Catalog.Current.Find(name) is not { } catalog)
        {
            await terminal.Error.WriteLineAsync(gateway.Parts.GapOf(name) ?? $"The operations of '{name}' are not known.");
            return ExitCode.Failed;
        }

        var policy = gateway.Parts.Policies[name];
        var text = DadlExport.Write(backend.Options, [.. catalog.Operations.Where(policy.Shows)], TimeProvider.System.GetUtcNow());
        if (output is null)
        {
            await terminal.Output.WriteAsync(text);
            return ExitCode.Done;
        }

        await File.WriteAllTextAsync(Path.GetFullPath(output), text, cancellationToken);
        await terminal.Error.WriteLineAsync($"{output}: {catalog.Operations.Count(policy.Shows)} tools");
        return ExitCode.Done;
    }
}
