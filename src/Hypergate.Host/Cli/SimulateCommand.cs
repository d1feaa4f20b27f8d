using System.Text.Json;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate simulate</c>: the data centre alone, until it is stopped.</summary>
internal static class SimulateCommand
{
    public static async Task<int> RunAsync(SimulatorOptions options, Terminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var simulator = await XoSimulator.StartAsync(options, time, cancellationToken);
        await terminal.Output.WriteLineAsync(Line(simulator));
        await terminal.Output.FlushAsync(cancellationToken);
        await terminal.Error.WriteLineAsync($"A Xen Orchestra with {options.Vms} VMs at {simulator.Url}. Ctrl+C ends it.");
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

    // {"xo":{"url":…,"token":…,"user":"admin","password":…}}
    private static string Line(XoSimulator simulator)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("xo");
            writer.WriteString("url", simulator.Url.ToString().TrimEnd('/'));
            writer.WriteString("token", simulator.Token);
            writer.WriteString("user", "admin");
            writer.WriteString("password", simulator.AdminPassword);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
