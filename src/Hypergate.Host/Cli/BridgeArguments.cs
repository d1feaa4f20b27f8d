using System.CommandLine;

namespace Hypergate.Host.Cli;

/// <summary>What <c>hypergate bridge</c> understands.</summary>
/// <param name="run">Runs it.</param>
internal sealed class BridgeArguments(Func<ParseResult, BridgeWish, CancellationToken, Task<int>> run)
{
    public Command Build()
    {
        var url = new Option<string>("--url") { Description = "Where MCP is at the gateway: https://gateway.example.com/mcp.", Required = true };
        var key = new Option<string?>("--api-key") { Description = $"The key, or a reference to it such as ${{file:PATH}}. Better: the variable {BridgeCommand.KeyVariable}, or {BridgeCommand.KeyVariable}_FILE." };
        var ca = new Option<string?>("--ca") { Description = "A PEM file whose authorities are trusted instead of the system's." };
        var fingerprint = new Option<string?>("--fingerprint") { Description = "The SHA-256 fingerprint of the gateway's certificate; then this one and no other." };
        var proxy = new Option<string?>("--proxy") { Description = "http://[user:password@]host:port, or none; else as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say." };
        var header = new Option<string[]>("--header") { Description = "A further header, as 'Name: value'; the value may hold ${env:NAME} and ${file:PATH}. May be given more than once." };
        var command = new Command("bridge", $"Connects a client that speaks over standard input and output with a gateway that is reached over HTTP.")
        {
            url, key, ca, fingerprint, proxy, header,
        };
        command.SetAction((result, token) => run(
            result,
            new BridgeWish(result.GetRequiredValue(url), result.GetValue(key), result.GetValue(ca), result.GetValue(fingerprint), result.GetValue(proxy), result.GetValue(header) ?? []),
            token));
        return command;
    }
}
