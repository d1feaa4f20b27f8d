using Hypergate.Backends.Dadl;
using Hypergate.Backends.Dadl.Export;
using Hypergate.Descriptions;
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

        if (backend.Kind.Name == DadlKind.Name)
        {
            await terminal.Error.WriteLineAsync($"'{name}' is made of a DADL file already (dadl.file in the settings): that is the file.");
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
        try
        {
            var file = DadlExport.Write(backend.Options, [.. catalog.Operations.Where(policy.Shows)], TimeProvider.System.GetUtcNow());
            return await WriteAsync(file, name, output, terminal, cancellationToken);
        }
        catch (DescriptionException exception)
        {
            await terminal.Error.WriteLineAsync($"'{name}': {exception.Message}.");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> WriteAsync(ExportedFile file, string name, string? output, Terminal terminal, CancellationToken cancellationToken)
    {
        if (file.Text is not { } text)
        {
            await terminal.Error.WriteLineAsync($"No operation of '{name}' can be said in this format:");
            await terminal.Error.WriteLineAsync(string.Join(Environment.NewLine, file.Told));
            return ExitCode.Failed;
        }

        await (output is null ? terminal.Output.WriteAsync(text) : File.WriteAllTextAsync(Path.GetFullPath(output), text, cancellationToken));
        await terminal.Error.WriteLineAsync($"{output ?? name}: {file.Summary}");
        return ExitCode.Done;
    }
}
