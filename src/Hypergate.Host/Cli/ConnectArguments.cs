using System.CommandLine;
using Hypergate.Host.Clients;

namespace Hypergate.Host.Cli;

/// <summary>What <c>hypergate connect</c> understands.</summary>
/// <param name="run">Runs it.</param>
internal sealed class ConnectArguments(Func<ParseResult, ConnectWish, Task<int>> run)
{
    public Command Build()
    {
        var client = new Argument<string>("client") { Description = $"{string.Join(", ", ClientKinds.All.Select(static kind => kind.Name))}; or {ClientKinds.Json}, which prints a block to paste elsewhere." };
        client.AcceptOnlyFromAmong([.. ClientKinds.All.Select(static kind => kind.Name), ClientKinds.Json]);
        var bridge = new Option<string?>("--bridge") { Description = "The address of MCP at a gateway that runs elsewhere, such as https://gateway.example.com/mcp." };
        var ca = new Option<string?>("--ca") { Description = "With --bridge: a PEM file whose authorities are trusted instead of the system's." };
        var fingerprint = new Option<string?>("--fingerprint") { Description = "With --bridge: the SHA-256 fingerprint of the gateway's certificate." };
        var name = new Option<string>("--name") { Description = "What the client calls it.", DefaultValueFactory = static _ => ConnectWish.UsualName };
        name.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (text.Length is 0 or > 40 || !text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')))
            {
                result.AddError("--name takes letters, digits, - and _, at most 40.");
            }
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Shows what would be written, and writes nothing." };
        var undo = new Option<bool>("--undo") { Description = "Takes the entry away, or puts back the one that it replaced." };
        var command = new Command("connect", $"Writes this gateway into the settings of an assistant; everything else there stays as it is.") { client, bridge, ca, fingerprint, name, dryRun, undo };
        command.Validators.Add(result =>
        {
            if (result.GetValue(bridge) is null && (result.GetValue(ca) ?? result.GetValue(fingerprint)) is not null)
            {
                result.AddError("--ca and --fingerprint are about the gateway that --bridge names.");
            }
        });
        command.SetAction((result, _) => run(result, new ConnectWish(
            result.GetRequiredValue(client), result.GetRequiredValue(name), result.GetValue(bridge), result.GetValue(dryRun), result.GetValue(undo), Environment.ProcessPath ?? "hypergate", result.GetValue(ca), result.GetValue(fingerprint))));
        return command;
    }
}
