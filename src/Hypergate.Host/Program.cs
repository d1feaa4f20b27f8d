using System.CommandLine;
using Hypergate.Host.Cli;
using Hypergate.Host.Mcp;

if (args.Length > 0)
{
    return await new CommandLine(Terminal.OfProcess, TimeProvider.System).Build().Parse(args)
        .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(8) });
}

// A client waits for its server: there is nothing to parse, and the protocol is made ready while the settings are read.
_ = ProtocolWarmUp.Begin();
return await StdioCommand.StartAsync(config: null, Terminal.OfProcess, TimeProvider.System);
