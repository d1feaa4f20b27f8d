using System.CommandLine;
using System.CommandLine.Parsing;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Host.Cli.Dadl;

/// <summary>What <c>hypergate dadl</c> understands.</summary>
/// <param name="guard">The boundary of every command.</param>
/// <param name="terminal">Where results go.</param>
internal sealed class DadlOptions(Func<Func<Task<int>>, Task<int>> guard, Terminal terminal)
{
    public const string Help = "Exit codes: 0 done, 1 a file has errors or cannot be read.";

    public Command Build() => new("dadl", "Files that describe an API (DADL): check, list.") { Validate(), List() };

    private Command Validate()
    {
        var files = new Argument<string[]>("files") { Description = "The files.", Arity = ArgumentArity.OneOrMore };
        var profile = new Option<DadlProfile>("--profile") { Description = "format: is it the format. registry: would the public registry take it. runtime: can it be run.", DefaultValueFactory = static _ => DadlProfile.Format };
        var json = new Option<bool>("--json") { Description = "One JSON object a fault, for editors." };
        var command = new Command("validate", $"Shows every fault with file, line and column. {Help}") { files, profile, json };
        command.Aliases.Add("check");
        command.SetAction((result, _) => guard(() => DadlValidation.RunAsync(result.GetRequiredValue(files), result.GetValue(profile), result.GetValue(json), terminal)));
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
