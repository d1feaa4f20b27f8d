using Hypergate.EndToEnd.Harness;

namespace Hypergate.EndToEnd.Serve;

/// <summary>A name in a rule that fits nothing allows nothing or protects nothing, so it is no setting to start with; but it locks nobody out.</summary>
[Trait("Suite", "S10")]
public sealed class UnmatchedNamesTests : IDisposable
{
    private const string Wrong = "roles.web.deny[0] names 'DeletVm', which fits no operation; did you mean 'DeleteVm'?";
    private readonly ProgramFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Where_operations_are_remembered_nothing_starts_with_such_a_name_not_even_while_the_platform_is_away()
    {
        await RememberAsync();
        Settings(_address, Role("DeletVm"));

        var served = await CommandRun.OfAsync(_folder, [], "serve", "--listen", "127.0.0.1:0");
        var stdio = await CommandRun.OfAsync(_folder, []);

        Assert.Equal((1, ""), (served.ExitCode, served.Output));
        Assert.Contains(Wrong, served.Error, StringComparison.Ordinal);
        Assert.Contains("policy.unmatched: warning", served.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", served.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (stdio.ExitCode, stdio.Output));
        Assert.Contains(Wrong, stdio.Error, StringComparison.Ordinal);

        Settings(_address, Role("DeletVm") + "\npolicy: { unmatched: warning }");
        await using var program = await ServedProgram.StartAsync(_folder, []);
        Assert.Contains($"Warning: {Wrong}", (await program.StopAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_they_become_known_later_it_starts_and_tells()
    {
        await using var xo = await Xo.StartAsync();
        Settings(Xo.Address(xo), Role("DeletVm"), xo.Token);

        await using var program = await ServedProgram.StartReadyAsync(_folder, []);

        Assert.Contains($"Warning: {Wrong}", (await program.StopAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_settings_with_a_new_one_do_not_come_into_force_and_an_old_one_keeps_nobody_from_changing_something_else()
    {
        await using var xo = await Xo.StartAsync();
        Settings(Xo.Address(xo), Role("DeletVm"), xo.Token);
        await using var program = await ServedProgram.StartReadyAsync(_folder, []);

        Settings(Xo.Address(xo), Role("DeletVm", "HardShutdownVn"), xo.Token);
        await ReloadedAsync(program, "rejected");
        Settings(Xo.Address(xo), Role("DeletVm", "HardShutdownVm"), xo.Token);
        await ReloadedAsync(program, "applied");

        Assert.Contains("the earlier ones stay in force. roles.web.deny[0] names 'HardShutdownVn', which fits no operation; did you mean 'HardShutdownVm'?", (await program.StopAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_fails_for_it_unless_it_is_to_be_a_warning()
    {
        await using var xo = await Xo.StartAsync();
        Settings(Xo.Address(xo), Role("DeletVm"), xo.Token);
        var refused = await CommandRun.OfAsync(_folder, [], "check");
        Settings(Xo.Address(xo), Role("DeletVm") + "\npolicy: { unmatched: warning }", xo.Token);
        var warned = await CommandRun.OfAsync(_folder, [], "check");

        Assert.Equal((1, 0), (Math.Min(refused.ExitCode, 1), warned.ExitCode));
        Assert.Contains($"Error: {Wrong}", refused.Output, StringComparison.Ordinal);
        Assert.Contains($"Warning: {Wrong}", warned.Output, StringComparison.Ordinal);
    }

    private string _address = "";

    private static string Role(params string[] denied) => $"roles: {{ web: {{ allow: [{{ access: [read] }}], deny: [{{ operations: [{string.Join(", ", denied)}] }}] }} }}";

    // One start with the platform there; afterwards it is away.
    private async Task RememberAsync()
    {
        await using var xo = await Xo.StartAsync();
        _address = Xo.Address(xo);
        Settings(_address, "", xo.Token);
        await using var program = await ServedProgram.StartReadyAsync(_folder, []);
        var remembered = Path.Combine(_folder.Data, "catalogs");
        await Until.TrueAsync(() => Task.FromResult(Directory.Exists(remembered) && Directory.GetFiles(remembered).Any(static file => !file.EndsWith(".tmp", StringComparison.Ordinal))));
        await program.StopAsync();
    }

    private void Settings(string address, string more, string token = "no-token-needed") => _folder.Write("hypergate.yaml", $$"""
        backends: [{ name: xo, kind: xen-orchestra, url: "{{address}}", auth: { token: "{{token}}" } }]
        {{more}}
        """);

    private static Task ReloadedAsync(ServedProgram program, string result) => Until.TrueAsync(async () =>
    {
        using var response = await program.GetAsync("/metrics");
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains($"hypergate_reloads_total{{result=\"{result}\"}} 1", StringComparison.Ordinal);
    });
}
