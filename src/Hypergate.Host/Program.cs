using Hypergate.Host.Cli;

return await new CommandLine(Terminal.OfProcess(), TimeProvider.System).Build().Parse(args).InvokeAsync();
