using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator.PxCloud;

namespace Hypergate.EndToEnd;

/// <summary>What must hold of every PXCloud, seen with the real program over HTTPS.</summary>
public sealed class PxCloudOverTlsTests : IDisposable
{
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_certificate_is_refused_with_its_fingerprint_accepted_when_pinned_and_refused_when_it_changes()
    {
        await using var cloud = await StartAsync();

        var unknown = await CommandRun.OfAsync(_folder, Variables(cloud, pinned: false), "check");
        Assert.NotEqual(0, unknown.ExitCode);
        Assert.Contains(cloud.Fingerprint, unknown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PXCLOUD_TLS_VERIFY=false", unknown.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(cloud.Requests.All, static _ => true);

        List<(string Name, string Value)> pinned = [.. Variables(cloud, pinned: true)];
        var known = await CommandRun.OfAsync(_folder, pinned, "check");
        Assert.True(known.ExitCode == 0, known.Output + known.Error);

        cloud.ChangeCertificate();
        var seen = cloud.Requests.Count;
        var changed = await CommandRun.OfAsync(_folder, pinned, "check");
        Assert.NotEqual(0, changed.ExitCode);
        Assert.Contains("differs", changed.Output, StringComparison.Ordinal);
        Assert.Equal(seen, cloud.Requests.Count);
    }

    [Fact]
    public async Task Ten_calls_at_once_after_the_end_of_a_session_sign_in_once_and_no_secret_leaves_the_program()
    {
        await using var cloud = await StartAsync();
        await using var session = StdioSession.Start(_folder, Variables(cloud, pinned: true));
        await session.InitializeAsync();
        Assert.False((await session.CallAsync("pxcloud_get_api_vms", """{"limit":1}""")).IsToolError);
        var (before, ids) = (cloud.Logins, new List<int>());
        cloud.ForgetTokens();

        for (var call = 0; call < 10; call++)
        {
            ids.Add(await session.RequestAsync("tools/call", """{"name":"pxcloud_get_api_nodes","arguments":{}}"""));
        }

        foreach (var id in ids)
        {
            Assert.False((await session.AnswerAsync(id)).IsToolError);
        }

        Assert.Equal(before + 1, cloud.Logins);
        session.CloseInput();
        var ended = await session.EndAsync();
        var tokens = cloud.Requests.All.Select(static request => request.Headers.GetValueOrDefault("Authorization")?["Bearer ".Length..]).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal(2, tokens.Count);
        var left = string.Concat(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(File.ReadAllText)) + ended.Error + string.Concat(session.Lines);
        Assert.All(tokens.Append(cloud.Password), secret => Assert.DoesNotContain(secret, left, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_told_with_those_that_may_have_been_meant()
    {
        await using var cloud = await StartAsync();
        await using var session = StdioSession.Start(_folder, Variables(cloud, pinned: true));
        await session.InitializeAsync();
        await session.CallAsync("pxcloud_get_api_vms", """{"limit":1}""");

        var tool = await session.AskAsync("tools/call", """{"name":"pxcloud_get_vmm","arguments":{}}""");
        var operation = await session.CallAsync("describe_operation", """{"operation":"pxcloud_get_vmm"}""");

        Assert.StartsWith("Unknown tool: 'pxcloud_get_vmm'. Did you mean 'pxcloud_get_vm'", tool.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(operation.IsToolError);
        Assert.Contains("Did you mean 'get_vm'", operation.Text, StringComparison.Ordinal);
    }

    private static Task<PxCloudSimulator> StartAsync() =>
        PxCloudSimulator.StartAsync(new PxCloudOptions { Tls = true }, TimeProvider.System, TestContext.Current.CancellationToken);

    private static IEnumerable<(string Name, string Value)> Variables(PxCloudSimulator cloud, bool pinned) =>
    [
        ("PXCLOUD_URL", cloud.Url.ToString().TrimEnd('/')), ("PXCLOUD_USER", cloud.User), ("PXCLOUD_PASS", cloud.Password),
        .. pinned ? [("PXCLOUD_FINGERPRINT", cloud.Fingerprint)] : Array.Empty<(string, string)>(),
    ];
}
