using Hypergate.Simulator;
using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.XenOrchestra;
using ModelContextProtocol.Client;

namespace Hypergate.Host.Cli.Demo;

/// <summary><c>hypergate demo</c>: an embedded data centre, this gateway as a client starts it, and a short conversation between them.</summary>
internal static class DemoCommand
{
    // On a busy machine a start may take longer than the client's own patience.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(DemoOptions options, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var program = Environment.ProcessPath ?? "hypergate";
        await terminal.Output.WriteLineAsync($"Hypergate {ProductVersion.Text}: a demonstration on an embedded data centre. Nothing outside this machine is touched.\n");
        await using var orchestra = await XoSimulator.StartAsync(
            new SimulatorOptions { Vms = options.Vms, Seed = options.Seed }, time, cancellationToken);
        await using var cluster = await ProxmoxSimulator.StartAsync(new ProxmoxOptions { Cluster = "prod", Seed = options.Seed }, time, cancellationToken);
        await terminal.Output.WriteLineAsync($"[1/3] A Xen Orchestra with 3 pools, 12 hosts and {options.Vms} VMs runs at {orchestra.Url}.");
        await terminal.Output.WriteLineAsync($"      A Proxmox VE cluster with 3 nodes and 40 guests runs at {cluster.Url}.");
        var environment = Settings(orchestra, cluster);
        using var data = new TemporaryFolder();
        var asExpected = false;
        await using (var client = await ConnectAsync(program, environment, data.Path, terminal, cancellationToken))
        {
            var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
            await terminal.Output.WriteLineAsync($"[2/3] The gateway is started as an assistant would start it, over stdio, and offers {tools.Count} tools.");
            await terminal.Output.WriteLineAsync("[3/3] A conversation:\n");
            asExpected = await new DemoConversation(client, terminal.Output).RunAsync(cancellationToken);
        }

        await terminal.Output.WriteLineAsync("To use it with your own platforms, paste this into your assistant's settings (mcpServers), with your addresses and tokens;\nleave out the platform that you do not have:\n");
        await terminal.Output.WriteLineAsync(ClientSetup.Block(program, Yours));
        if (!asExpected)
        {
            await terminal.Error.WriteLineAsync("Something in the conversation went another way than it should: see above.");
            return ExitCode.Failed;
        }

        return options.Keep ? await KeepAsync(program, environment, terminal, time, cancellationToken) : ExitCode.Done;
    }

    private static Dictionary<string, string> Yours => new(StringComparer.Ordinal)
    {
        ["XO_URL"] = "https://your-xo",
        ["XO_TOKEN"] = "your-token",
        ["PVE_URL"] = "https://your-node:8006",
        ["PVE_TOKEN_ID"] = "user@pve!name",
        ["PVE_TOKEN_SECRET"] = "your-secret",
    };

    private static Dictionary<string, string> Settings(XoSimulator orchestra, ProxmoxSimulator cluster) => new(StringComparer.Ordinal)
    {
        ["XO_URL"] = orchestra.Url.ToString().TrimEnd('/'),
        ["XO_TOKEN"] = orchestra.Token,
        ["XO_MCP_ENABLE_ACTIONS"] = "1",
        ["PVE_URL"] = cluster.Url.ToString().TrimEnd('/'),
        ["PVE_TOKEN_ID"] = cluster.TokenId,
        ["PVE_TOKEN_SECRET"] = cluster.TokenSecret,
        ["PVE_FINGERPRINT"] = cluster.Fingerprint,
        ["PVE_ENABLE_ACTIONS"] = "1",
    };

    private static async Task<McpClient> ConnectAsync(
        string program, Dictionary<string, string> environment, string data, Terminal terminal, CancellationToken cancellationToken) =>
        await McpClient.CreateAsync(
            new StdioClientTransport(new StdioClientTransportOptions
            {
                Name = "hypergate",
                Command = program,
                WorkingDirectory = data,
                EnvironmentVariables = new Dictionary<string, string?>(environment.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)), StringComparer.Ordinal)
                {
                    ["HYPERGATE_DATA"] = data,
                    ["HYPERGATE_CONFIG"] = null,
                    ["XDG_CONFIG_HOME"] = data,
                },
                StandardErrorLines = line => terminal.Error.WriteLine($"  gateway: {line}"),
            }),
            new McpClientOptions
            {
                ClientInfo = new() { Name = "hypergate-demo", Version = ProductVersion.Text },
                DiscoverProbeTimeout = LongestStart,
            },
            cancellationToken: cancellationToken);

    private static async Task<int> KeepAsync(
        string program, Dictionary<string, string> environment, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        await terminal.Output.WriteLineAsync("\nThe data centre goes on running for your assistant until Ctrl+C. For it, paste this instead:\n");
        await terminal.Output.WriteLineAsync(ClientSetup.Block(program, environment));
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        return ExitCode.Done;
    }
}

/// <summary>What to show.</summary>
internal sealed record DemoOptions(bool Keep, int Vms, int Seed);
