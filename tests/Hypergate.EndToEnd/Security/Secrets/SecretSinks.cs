using System.Text;
using System.Text.Json;
using Hypergate.EndToEnd.Harness;
using Hypergate.Simulator;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>
/// Runs the program through everything that can go wrong, with secrets in all hands, and keeps whatever comes out: logs, audit, results,
/// and what it says of its health.
/// </summary>
public sealed class SecretSinks : IAsyncLifetime
{
    private readonly ProgramFolder _folder = new();
    private readonly Dictionary<string, StringBuilder> _sinks = Groups.ToDictionary(static name => name, static _ => new StringBuilder(), StringComparer.Ordinal);

    public static IReadOnlyList<string> Groups { get; } = ["logs and crash texts", "audit", "results and errors", "health, caches and listings"];

    internal Canaries Canaries { get; } = new();

    /// <summary>What the platform received: proof that the secrets were used.</summary>
    internal string OnTheWire { get; private set; } = "";

    internal string this[string group] => _sinks[group].ToString();

    public async ValueTask InitializeAsync()
    {
        await using var xo = await Xo.StartAsync();
        Canaries["token"] = xo.Token;
        await SetPasswordOfBobAsync(xo);
        await ChangesAsync(xo);
        await EchoesAsync(xo);
        await PasswordAsync(xo);
        await RefusedAsync(xo);
        await UnreachableAsync(xo);
        await SettingsErrorsAsync(xo);
        await ListingsAsync(xo);
        OnTheWire = string.Concat(xo.Requests.All.Select(static request =>
            $"{request.Target}\n{string.Join('\n', request.Headers.Select(static header => $"{header.Key}: {header.Value}"))}\n{Encoding.UTF8.GetString(request.Body.Span)}\n"));
        foreach (var file in Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories))
        {
            Keep(file.Contains("audit", StringComparison.Ordinal) ? "audit" : "health, caches and listings", await File.ReadAllTextAsync(file));
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static (string, string)[] Acting(XoSimulator xo, params IEnumerable<(string, string)> more) => [.. Xo.Acting(xo), .. more];

    // Calls that carry secrets, right ones and wrong ones, and calls whose answers do.
    private async Task ChangesAsync(XoSimulator xo)
    {
        await using var session = StdioSession.Start(_folder, Acting(xo));
        await session.StartWorkAsync();
        var user = $$"""{"name":"carol","password":{{SecurityWorld.Quoted(Canaries["new user's password"])}}}""";
        await ConfirmAsync(session, "users_action", $$"""{"operation":"CreateUser","body":{{user}}}""");
        await ConfirmAsync(session, "users_action", $$"""{"operation":"CreateUser","body":{{user}}}""");
        await ConfirmAsync(session, "users_action", $$"""{"operation":"CreateUser","body":{{SecurityWorld.Quoted(user)}}}""");
        await ConfirmAsync(session, "users_action", $$$"""{"operation":"CreateUser","body":{"name":"x","password":[{{{SecurityWorld.Quoted(Canaries["new user's password"])}}}]}}""");
        await ConfirmAsync(session, "servers_action", $$$"""{"operation":"AddServer","body":{"host":"192.0.2.7","username":"root","password":{{{SecurityWorld.Quoted(Canaries["server's password"])}}}}}""");
        await ConfirmAsync(session, "backup_repositories_action", $$$"""{"operation":"CreateBackupRepository","body":{"name":"r","url":"smb://backup:{{{Canaries["repository's password"]}}}@192.0.2.9/share"}}""");
        await session.CallAsync("backup_repositories_query", """{"operation":"GetRepositories","fields":"*"}""");
        await session.CallAsync("servers_query", """{"operation":"GetServers","fields":"*","format":"passthrough"}""");
        var users = await session.CallAsync("users_query", """{"operation":"GetUsers","fields":"id","filter":"email:admin"}""");
        var admin = users.Data.GetProperty("rows")[0].GetProperty("id").GetString();
        await ConfirmAsync(session, "users_action", $$$"""{"operation":"PostAuthenticationTokens","id":"{{{admin}}}","body":{}}""");
        await session.CallAsync("users_query", $$"""{"operation":"GetAuthenticationTokens","id":"{{admin}}"}""");
        Canaries["issued token"] = await IssuedTokenAsync(xo, admin!);
        await EndAsync(session);
    }

    // A platform that repeats what it was sent, in every form of error.
    private async Task EchoesAsync(XoSimulator xo)
    {
        var said = $"{Canaries["token"]} {Canaries["new user's password"]} Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x:{Canaries["token"]}"))}";
        var text = SecurityWorld.Quoted(said);
        xo.Faults.Add(new Fault { Path = "/users", Method = "POST", Status = 422, Times = 1, Body = $$$"""{"error":{"body.password":{"message":{{{text}}},"value":{{{text}}}}},"data":{}}""" });
        xo.Faults.Add(new Fault { Path = "/vms", Status = 500, Times = 1, Body = $$"""{"error":{{text}},"data":{"authenticationToken":{{text}}},"info":{{text}}}""" });
        xo.Faults.Add(new Fault { Path = "/hosts", Status = 400, Times = 1, Body = said });
        xo.Faults.Add(new Fault { Path = "/pools", Status = 403, Times = 1, Body = $$$"""{"error":"not enough privileges","data":{"missingPrivileges":[{"action":{{{text}}},"resource":"vm","objectId":"x"}]}}""" });
        xo.Faults.Add(new Fault { Path = "/networks", Truncate = true, Times = 1 });
        await using var session = StdioSession.Start(_folder, Acting(xo));
        await session.StartWorkAsync();
        await ConfirmAsync(session, "users_action", $$$"""{"operation":"CreateUser","body":{"name":"dave","password":{{{SecurityWorld.Quoted(Canaries["new user's password"])}}}}}""");
        foreach (var (tool, operation) in new[] { ("vms_query", "GetVms"), ("hosts_query", "GetHosts"), ("pools_query", "GetPools"), ("networks_query", "GetNetworks") })
        {
            await session.CallAsync(tool, $$"""{"operation":"{{operation}}"}""");
        }

        await session.CallAsync("vms_query", $$"""{"operation":{{SecurityWorld.Quoted(said)}}}""");
        await session.CallAsync("vms_query", $$"""{"operation":"GetVms","filter":{{SecurityWorld.Quoted(Canaries["token"])}}}""");
        xo.Faults.Clear();
        await EndAsync(session);
    }

    private async Task PasswordAsync(XoSimulator xo)
    {
        (string, string)[] bob = [("XO_URL", Xo.Address(xo)), ("XO_USERNAME", "bob"), ("XO_PASSWORD", Canaries["password"])];
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, bob, "check"));
        Keep("results and errors", await CommandRun.OfAsync(_folder, bob, "call", "vms_query", """{"operation":"GetVms","limit":2}"""));
        Keep("results and errors", await CommandRun.OfAsync(_folder, bob, "call", "vms_query", $"not JSON {Canaries["password"]}"));
        await Task.Delay(TimeSpan.FromSeconds(2.1), TimeProvider.System, TestContext.Current.CancellationToken);
        bob[2] = ("XO_PASSWORD", Canaries["password"][..^1]);
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, bob, "check"));
    }

    private async Task RefusedAsync(XoSimulator xo)
    {
        (string, string)[] wrong = [("XO_URL", Xo.Address(xo)), ("XO_TOKEN", Canaries["refused token"])];
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, wrong, "check"));
        Keep("results and errors", await CommandRun.OfAsync(_folder, wrong, "call", "vms_query", """{"operation":"GetVms"}"""));
        xo.Faults.Add(new Fault { Path = "/docs/swagger.json", Status = 500, Body = $$"""{"error":"bad cookie authenticationToken={{Canaries["refused token"]}}"}""" });
        using var empty = new ProgramFolder();
        Keep("logs and crash texts", await CommandRun.OfAsync(empty, wrong, "check"));
        xo.Faults.Clear();
    }

    private async Task UnreachableAsync(XoSimulator xo)
    {
        var proxy = $"http://someone:{Canaries["proxy password"]}@127.0.0.1:{Xo.FreePort()}";
        (string, string)[] closed = [("XO_URL", $"http://127.0.0.1:{Xo.FreePort()}"), ("XO_TOKEN", xo.Token)];
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, closed, "check"));
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, [.. closed, ("HTTP_PROXY", proxy)], "check"));
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, [.. closed, ("HTTP_PROXY", $"http://someone:{Canaries["proxy password"]}@:x/y")], "check"));
        Keep("logs and crash texts", await CommandRun.OfAsync(_folder, [.. Xo.Reading(xo), ("NO_PROXY", $"http://u:{Canaries["proxy password"]}@[")], "tools"));
        await using var tls = await XoSimulator.StartAsync(Xo.Small with { Tls = SimulatorTls.SelfSigned }, TimeProvider.System, TestContext.Current.CancellationToken);
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, [("XO_URL", Xo.Address(tls)), ("XO_TOKEN", xo.Token)], "check"));
        xo.Faults.Add(new Fault { Path = "/vms", Hang = true });
        Keep("results and errors", await WithFileAsync($"  auth: {{ token: {xo.Token} }}\n    timeouts: {{ requestSeconds: 1 }}", xo, "call", "vms_query", """{"operation":"GetVms"}"""));
        xo.Faults.Clear();
    }

    private async Task SettingsErrorsAsync(XoSimulator xo)
    {
        foreach (var wrong in (string[])
        [
            $"  auth: {xo.Token}", $"  auth: {{ token: [{xo.Token}] }}", $"  auth: {{ token: {{ value: {xo.Token} }} }}", $"  auth: {{ tokn: {xo.Token} }}",
            $"  auth: {{ token: \"{xo.Token} x\" }}", $"  auth: {{ username: u, password: \"{Canaries["refused token"]}:x\" }}",
            $"  auth: {{ token: {xo.Token} }}\n    proxy: \"http://u:{Canaries["proxy password"]}@/x\"", $"  auth: {{ token: {xo.Token}\n   broken",
            $"  auth: {{ token: {xo.Token} }}\n    deny: {xo.Token}",
        ])
        {
            Keep("logs and crash texts", await WithFileAsync(wrong, xo, "tools"));
        }

        var file = _folder.Write("secret", Canaries["token in a file"] + " with blanks");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Keep("logs and crash texts", await CommandRun.OfAsync(_folder, [("XO_URL", Xo.Address(xo)), ("XO_TOKEN_FILE", file)], "tools"));
        File.WriteAllText(file, Canaries["token in a file"]);
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, [("XO_URL", Xo.Address(xo)), ("XO_TOKEN_FILE", file)], "check"));
        File.Delete(file);
    }

    private async Task ListingsAsync(XoSimulator xo)
    {
        Keep("health, caches and listings", await CommandRun.OfAsync(_folder, Xo.Acting(xo), "tools", "--json"));
        Keep("audit", await CommandRun.OfAsync(_folder, Xo.Acting(xo), "audit", "tail", "--count", "1000"));
        Keep("audit", await CommandRun.OfAsync(_folder, Xo.Acting(xo), "audit", "verify"));
    }

    private Task<CommandRun> WithFileAsync(string backend, XoSimulator xo, params IEnumerable<string> arguments)
    {
        var file = _folder.Write("case.yaml", $"backends:\n  - name: xo\n    kind: xen-orchestra\n    url: {Xo.Address(xo)}\n  {backend}\n");
        return CommandRun.OfAsync(_folder, [], [.. arguments, "--config", file]);
    }

    // The token of a preview is for the client's eyes; everywhere else it is a secret.
    private async Task ConfirmAsync(StdioSession session, string tool, string arguments)
    {
        var preview = await session.CallAsync(tool, arguments);
        if (preview.IsToolError || !preview.Text.Contains("confirm_token: \"", StringComparison.Ordinal))
        {
            return;
        }

        Canaries["confirm token"] = Answers.Token(preview.Text);
        var confirmed = $"{arguments[..^1]},\"confirm_token\":\"{Canaries["confirm token"]}\"}}";
        await session.CallAsync(tool, confirmed);
        await session.CallAsync(tool, confirmed);
        await session.CallAsync("vms_query", $$"""{"operation":"GetVms","confirm_token":"{{Canaries["confirm token"]}}"}""");
    }

    private async Task EndAsync(StdioSession session)
    {
        session.CloseInput();
        var end = await session.EndAsync();
        Keep("logs and crash texts", end.Error);
        Keep("results and errors", string.Join('\n', session.Lines.Where(static line => !line.Contains("## Confirmation Required", StringComparison.Ordinal) || !line.Contains("confirm_token: ", StringComparison.Ordinal))));
        Keep("results and errors", string.Join('\n', session.Lines.Where(static line => line.Contains("## Confirmation Required", StringComparison.Ordinal)).Select(static line => WithoutToken(line))));
    }

    private static string WithoutToken(string preview)
    {
        var text = JsonElement.Parse(preview).Text;
        return text.Replace(Answers.Token(text), "", StringComparison.Ordinal);
    }

    private void Keep(string group, CommandRun run)
    {
        Keep(group, run.Output);
        Keep("logs and crash texts", run.Error);
    }

    private void Keep(string group, string text) => _sinks[group].AppendLine(text);

    private async Task SetPasswordOfBobAsync(XoSimulator xo)
    {
        using var client = Client(xo);
        var users = JsonElement.Parse(await client.GetStringAsync("/rest/v0/users?fields=id&filter=email:bob", TestContext.Current.CancellationToken));
        using var body = new StringContent($$"""{"password":{{SecurityWorld.Quoted(Canaries["password"])}}}""", Encoding.UTF8, "application/json");
        var answer = await client.PatchAsync($"/rest/v0/users/{users[0].GetProperty("id").GetString()}", body, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> IssuedTokenAsync(XoSimulator xo, string user)
    {
        using var client = Client(xo);
        var tokens = JsonElement.Parse(await client.GetStringAsync($"/rest/v0/users/{user}/authentication_tokens", TestContext.Current.CancellationToken));
        return tokens.EnumerateArray().Select(static token => token.GetProperty("id").GetString()!).First(id => id != xo.Token);
    }

    private static HttpClient Client(XoSimulator xo)
    {
        var client = new HttpClient { BaseAddress = xo.Url };
        client.DefaultRequestHeaders.Add("Cookie", $"authenticationToken={xo.Token}");
        return client;
    }
}
