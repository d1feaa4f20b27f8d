using Hypergate.Host.Cli;
using Hypergate.Host.Mcp;

if (args.Length > 0)
{
    return await CommandLine.RunAsync(args);
}

// A client waits for its server: there is nothing to parse, and the protocol is made ready while the settings are read.
_ = ProtocolWarmUp.Begin();
return await StdioCommand.StartAsync(config: null, Terminal.OfProcess, TimeProvider.System);
