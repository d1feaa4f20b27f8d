using Hypergate.Host.Bridge;
using Hypergate.Host.Cli;
using Hypergate.Results.Secrets;

namespace Hypergate.Tests.Host.Bridge;

public sealed class BridgeLogTests : IDisposable
{
    private readonly StringWriter _errors = new();

    public void Dispose() => _errors.Dispose();

    [Fact]
    public void Each_trouble_is_told_once_until_it_is_over()
    {
        var log = new BridgeLog(new Terminal(static () => TextWriter.Null, () => _errors, null), SecretScrubber.None);

        log.Tell("no connection");
        log.Tell("a notification was not taken");
        log.Tell("no connection");
        log.Recovered();
        log.Recovered();
        log.Tell("no connection");

        Assert.Equal(
            ["no connection", "a notification was not taken", "the gateway answers again.", "no connection"],
            _errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(static line => line["hypergate bridge: ".Length..]));
    }
}
