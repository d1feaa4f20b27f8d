using System.CommandLine;
using Hypergate.Descriptions.Dadl;
using Hypergate.Host.Composition;
using Hypergate.Scripting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Host.Cli.Dadl;

/// <summary>What <c>hypergate dadl</c> understands.</summary>
/// <param name="guard">The boundary of every command.</param>
/// <param name="withGateway">Runs with the gateway of the settings.</param>
/// <param name="terminal">Where results go.</param>
/// <param name="time">The clock.</param>
internal sealed class DadlOptions(Func<Func<Task<int>>, Task<int>> guard, Func<ParseResult, Func<Gateway, Task<int>>, Task<int>> withGateway, Terminal terminal, TimeProvider time)
{
    public const string Help = "Ends with 1 where a file has errors or cannot be read.";

    public Command Build() => new("dadl", "Files that describe an API (DADL): check, list, make.") { Validate(), List(), FromBackend() };

    private Command Validate()
    {
        var files = new Argument<string[]>("files") { Description = "The files.", Arity = ArgumentArity.OneOrMore };
        var profile = new Option<DadlProfile>("--profile") { Description = "format: is it the format. registry: would the public registry take it. runtime: can it be run.", DefaultValueFactory = static _ => DadlProfile.Format };
        var json = new Option<bool>("--json") { Description = "One JSON object a fault, for editors." };
        var command = new Command("validate", $"Shows every fault with file, line and column. {Help}") { files, profile, json };
        command.Aliases.Add("check");
        command.SetAction((result, token) => guard(() => ValidateAsync(result.GetRequiredValue(files), new DadlValidationWish(result.GetValue(profile), result.GetValue(json)), token)));
        return command;
    }

    private async Task<int> ValidateAsync(string[] files, DadlValidationWish wish, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"hypergate-{Path.GetRandomFileName()}");
        try
        {
            await using var sandbox = new Sandbox(new ScriptingSettings(), folder, time, NullLogger.Instance);
            return await DadlValidation.RunAsync(files, wish, new DadlPrograms(sandbox), terminal, cancellationToken);
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private Command FromBackend()
    {
        var name = new Argument<string>("backend") { Description = "Its name in the settings." };
        var output = new Option<string?>("--output") { Description = "The file to write; else standard output." };
        var command = new Command("from-backend", $"Makes a file of what a configured backend offers.") { name, output };
        command.SetAction((result, token) => withGateway(result, gateway => DadlFromBackend.RunAsync(gateway, result.GetRequiredValue(name), result.GetValue(output), terminal, token)));
        return command;
    }

    private Command List()
    {
        var file = new Argument<string>("file") { Description = "The file." };
        var command = new Command("list", $"Shows what a file describes: tools, composites, credentials. {Help}") { file };
        command.SetAction((result, _) => guard(() => DadlListing.RunAsync(result.GetRequiredValue(file), terminal)));
        return command;
    }
}
