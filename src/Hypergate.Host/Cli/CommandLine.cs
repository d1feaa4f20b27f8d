using System.CommandLine;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Cli.Dadl;
using Hypergate.Host.Cli.Demo;
using Hypergate.Host.Cli.Import;
using Hypergate.Host.Cli.Setup;
using Hypergate.Host.Clients;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp.Http;
using Hypergate.Host.Settings;
using Hypergate.Simulator;
using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.Host.Cli;

/// <summary>Everything that <c>hypergate</c> understands.</summary>
internal sealed class CommandLine(Terminal terminal, TimeProvider time)
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "The settings file; else hypergate.yaml in this folder or in the user's configuration folder; else environment variables.",
        Recursive = true,
    };

    private readonly Option<int> _vms = Number("--vms", 200, "How many VMs.", 10, 20_000);
    private readonly Option<int> _seed = Number("--seed", 7, "The same seed makes the same data centre.", 0, int.MaxValue);

    /// <summary>Runs the process's own command.</summary>
    public static Task<int> RunAsync(string[] arguments) => new CommandLine(Terminal.OfProcess, TimeProvider.System).Build().Parse(arguments)
        .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

    public Command Build()
    {
        // A root command would call itself as the assembly is called.
        var root = new Command("hypergate", $"One gateway between AI assistants and virtualization platforms. Without a command it is an MCP server on standard input and output.")
        {
            _config,
            Tools(),
            Call(),
            Check(),
            Doctor(),
            Simulate(),
            Demo(),
            new AuditOptions(terminal, time, WithSourcesAsync).Build(),
            Serve(),
            new KeysOptions(WithKeysAsync).Build(),
            new ConnectArguments((result, wish) => GuardAsync(() => ConnectCommand.RunAsync(wish, Sources(result), ClientPlaces.Present, terminal))).Build(),
            new SetupArguments((result, wish, token) => GuardAsync(() => new SetupCommand(Sources(result), terminal, time).RunAsync(wish, token))).Build(),
            new BridgeArguments((result, wish, token) => GuardAsync(() => BridgeCommand.RunAsync(wish, Sources(result), terminal, time, token))).Build(),
            new SecretsCommands(terminal, time, WithSourcesAsync).Build(),
            new ApprovalsCommands(terminal, time, WithSourcesAsync).Build(),
            new FreezeCommands(terminal, time, WithSourcesAsync).Build(),
            new PolicyCommands(terminal, time, WithSourcesAsync).Build(),
            new GatesCommands(terminal, time, WithSourcesAsync).Build(),
            new BackendCommands(WithGatewayAsync, terminal, time).Build(),
            new DadlOptions(GuardAsync, WithGatewayAsync, terminal, time).Build(),
            new ImportOptions(GuardAsync, terminal).Build(),
            HelpWithExitCodes.Option(),
            new VersionOption(),
        };
        root.SetAction(result => StdioCommand.StartAsync(result.GetValue(_config), terminal, time));
        return root;
    }

    private Command Tools()
    {
        var json = new Option<bool>("--json") { Description = "Everything, as a client gets it." };
        var command = new Command("tools", $"Lists the tools that an assistant would see.") { json };
        command.SetAction((result, token) => WithGatewayAsync(result, gateway => ToolsCommand.RunAsync(gateway, result.GetValue(json), terminal, token)));
        return command;
    }

    private Command Call()
    {
        var tool = new Argument<string>("tool") { Description = "Its name; 'hypergate tools' lists them." };
        var arguments = new Argument<string>("arguments") { Description = "A JSON object.", DefaultValueFactory = static _ => "{}" };
        var yes = new Option<bool>("--yes") { Description = "Answers the confirmation with yes." };
        var command = new Command("call", $"Runs one tool, through the same rules as an assistant's calls.") { tool, arguments, yes };
        command.SetAction((result, token) => WithGatewayAsync(result, gateway => CallCommand.RunAsync(
            gateway,
            new CallRequest(result.GetRequiredValue(tool), result.GetRequiredValue(arguments), result.GetValue(yes)),
            terminal,
            token)));
        return command;
    }

    private Command Check()
    {
        var command = new Command("check", $"Checks the settings and every backend.");
        command.SetAction((result, token) => WithGatewayAsync(result, gateway => CheckCommand.RunAsync(gateway, terminal, token)));
        return command;
    }

    private Command Doctor()
    {
        var json = new Option<bool>("--json") { Description = "The findings as JSON." };
        var command = new Command("doctor", $"Looks at settings, backends, proxy, clock, data folder, keys and Node, and says what to do.") { json };
        command.SetAction((result, token) => GuardAsync(() => new DoctorCommand(Sources(result), terminal, time).RunAsync(result.GetValue(json), token)));
        return command;
    }

    private Command Simulate()
    {
        var xo = Number("--xo", 0, "The port on 127.0.0.1 for Xen Orchestra; 0 takes a free one.", 0, 65_535);
        var pve = new Option<string?>("--pve") { Description = "Ports on 127.0.0.1 for Proxmox VE, separated by commas: the clusters lab, prod, and larger ones." };
        var nodes = Number("--pve-nodes", 8, "How many nodes a larger Proxmox VE cluster has.", 1, 32);
        var guests = Number("--pve-guests", 2000, "How many guests it has.", 0, 20_000);
        var pxcloud = new Option<int?>("--pxcloud") { Description = "The port on 127.0.0.1 for PXCloud, which manages lab, prod and a vSphere; 0 takes a free one." };
        var scale = new Option<double>("--task-scale") { Description = "How long tasks of Proxmox VE and PXCloud take: 1 as in life, 0 no time.", DefaultValueFactory = static _ => 0 };
        var command = new Command("simulate", $"Runs the embedded data centre alone. The first line on standard output is JSON with addresses and credentials.")
        {
            xo, pve, nodes, guests, pxcloud, scale, _vms, _seed,
        };
        command.SetAction((result, token) => GuardAsync(() => SimulateCommand.RunAsync(
            new SimulatedFaces(
                (result.GetValue(pve) is not null || result.GetValue(pxcloud) is not null) && result.GetResult(xo) is not { Implicit: false }
                    ? null
                    : new SimulatorOptions { XoPort = result.GetValue(xo), Vms = result.GetValue(_vms), Seed = result.GetValue(_seed) },
                SimulatedFaces.Clusters(
                    result.GetValue(pve),
                    new ProxmoxOptions
                    {
                        Nodes = result.GetValue(nodes),
                        Guests = result.GetValue(guests),
                        TaskScale = result.GetValue(scale),
                        Seed = result.GetValue(_seed),
                    }))
            {
                PxCloud = result.GetValue(pxcloud) is { } port
                    ? new PxCloudOptions { Port = SimulatedFaces.Port(port), TaskScale = result.GetValue(scale), Seed = result.GetValue(_seed) }
                    : null,
            },
            terminal,
            time,
            token)));
        return command;
    }

    private Command Demo()
    {
        var keep = new Option<bool>("--keep") { Description = "Leaves the data centre running for your assistant." };
        var command = new Command("demo", $"Shows a short conversation on an embedded data centre.") { keep, _vms, _seed };
        command.SetAction((result, token) => GuardAsync(() => DemoCommand.RunAsync(
            new DemoOptions(result.GetValue(keep), result.GetValue(_vms), result.GetValue(_seed)), terminal, time, token)));
        return command;
    }

    private Command Serve()
    {
        var listen = new Option<string?>("--listen") { Description = "Address and port; else as the settings say, else 127.0.0.1:8420. Port 0 takes a free one." };
        var noAuthentication = new Option<bool>(BindingRules.NoAuthentication) { Description = "Beyond this machine without any key: everybody who reaches the address may look." };
        var noTls = new Option<bool>(BindingRules.NoTls) { Description = "Beyond this machine in clear text: everybody on the way can read keys and answers." };
        var command = new Command("serve", $"Serves MCP over HTTP, at /mcp.") { listen, noAuthentication, noTls };
        command.SetAction((result, token) => GuardAsync(() => ServeCommand.RunAsync(
            Sources(result), new ServeWish(result.GetValue(listen), result.GetValue(noAuthentication), result.GetValue(noTls)), terminal, time, token)));
        return command;
    }

    private Task<int> WithKeysAsync(ParseResult result, Func<KeysCommands, Task<int>> run) =>
        GuardAsync(async () =>
        {
            var sources = Sources(result);
            await using var stores = StoresOfCommand.Open(sources, time);
            return await run(new KeysCommands(stores.Keys, () => RolesOf(sources), new KeyRecords(sources, stores).WriteAsync, terminal, time));
        });

    // Without a settings file there are the built-in roles.
    private static RoleBook RolesOf(SettingsSources sources) =>
        SettingsLocation.Find(sources) is null ? RoleBook.Plain : new RoleBook(SettingsReading.Load(sources).Settings.Roles);

    private Task<int> WithSourcesAsync(ParseResult result, Func<SettingsSources, Task<int>> run) => GuardAsync(() => run(Sources(result)));

    private SettingsSources Sources(ParseResult result) => SettingsSources.OfProcess(result.GetValue(_config));

    private Task<int> WithGatewayAsync(ParseResult result, Func<Gateway, Task<int>> run) => GuardAsync(async () =>
    {
        var sources = Sources(result);
        var reading = SettingsReading.Load(sources);
        using var loggers = Logging.ToError(KnownSecrets.Of(reading, sources));
        await using var gateway = new Gateway(reading, sources, time, loggers);
        return await run(gateway);
    });

    private Task<int> GuardAsync(Func<Task<int>> run) => CommandBoundary.RunAsync(run, terminal);

    private static Option<int> Number(string name, int fallback, string description, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} {least} to {most}.", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError($"{name} takes {least} to {most}, not {value}.");
            }
        });
        return option;
    }
}
