using System.CommandLine;

namespace Hypergate.Host.Cli.Import;

/// <summary>What <c>hypergate import</c> understands.</summary>
internal sealed class ImportOptions(Func<Func<Task<int>>, Task<int>> guard, Terminal terminal)
{
    public Command Build()
    {
        var file = new Argument<string>("file") { Description = "A backends.yaml of ToolMesh." };
        var command = new Command("import", $"Writes the settings that say what another gateway's file says, on standard output.") { file };
        command.SetAction((result, _) => guard(() => ToolMeshImport.RunAsync(result.GetRequiredValue(file), terminal)));
        return command;
    }
}
