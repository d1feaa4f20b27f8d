using Hypergate.Model;
using Hypergate.Scripting;
using Hypergate.Tests.Host;
using Hypergate.Tests.Tools.Code;

namespace Hypergate.Tests.Security.Sandbox;

/// <summary>Everything that the gateway says to a worker, written down on its way: nothing in it tells who asks, with what credential, or where platforms are.</summary>
public sealed class TrafficTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypergate-traffic-").FullName;

    private string Log => Path.Combine(_folder, "traffic");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("case", "caller_identity_not_in_messages")]
    [Trait("case", "credentials_not_in_messages")]
    [Trait("case", "backend_address_not_in_messages")]
    public async Task No_message_holds_a_caller_a_credential_or_an_address()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It listens with a script of a shell.");
        await using var gateway = await GatewayUnderTest.StartAsync(CodeGateway.Wish with { Scripting = new ScriptingSettings { Node = Listening(), Isolation = ScriptIsolation.None } });
        var caller = new Caller("key:canary-of-the-caller", ["admin"]) { AuthenticatedBy = "API key canary-of-the-proof" };
        var arguments = CodeGateway.Code("const vms = await api.GetVms({ limit: 3 }); try { await api.GetVm({ id: 'nope' }) } catch (e) { console.log(e) } await api.PutVmTag({ id: vms[0].id, tag: 'x' }); return vms.length");

        var result = await gateway.CallAsAsync(caller, "execute_code", arguments, new Conversation(static _ => { }, static (question, _) => Task.FromResult(new Answer(true, question.Seal, "elicitation"))));

        Assert.Equal("3", result!.Structured!.Value.Result);
        var traffic = await File.ReadAllTextAsync(Log, TestContext.Current.CancellationToken);
        Assert.Contains("\"t\":\"reply\"", traffic, StringComparison.Ordinal);
        Assert.Contains("no such", traffic, StringComparison.OrdinalIgnoreCase);
        foreach (var secret in (string[])["canary", "elicitation", gateway.Xo.Token, gateway.Xo.Url.Authority, $":{gateway.Xo.Url.Port}", _folder])
        {
            Assert.DoesNotContain(secret, traffic, StringComparison.Ordinal);
        }
    }

    // In place of Node: writes down what it is told before Node reads it.
    private string Listening()
    {
        var path = Path.Combine(_folder, "node");
        File.WriteAllText(path, $$"""
            #!/bin/sh
            case "$1" in
              --version) exec '{{Node}}' --version;;
            esac
            tee -a '{{Log}}' | '{{Node}}' "$@"
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static string Node => ProgramPath.Find("node")!;
}
