using System.Text;
using Hypergate.EndToEnd.Harness;
using Hypergate.Tests.Shared;

namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>A gateway with a database and a platform behind an OAuth flow, while both go well and while neither does; and all that it says.</summary>
public sealed class SharedStateSecrets : IAsyncLifetime
{
    private readonly ProgramFolder _folder = new();
    private readonly Dictionary<string, StringBuilder> _sinks = Groups.ToDictionary(static name => name, static _ => new StringBuilder(), StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal)
    {
        ["password of the database"] = "d4t4base%P4ss/of+the=suite",
        ["key of the replicas"] = "r3plicas-k3y-of-the-suite-0123456789",
        ["client secret of OAuth"] = "cl1ent&s3cret=of+the%suite",
        ["token of the flow"] = EchoingPlatform.Token,
    };

    public static IReadOnlyList<string> Names { get; } = ["password of the database", "key of the replicas", "client secret of OAuth", "token of the flow"];

    public static IReadOnlyList<string> Groups { get; } = ["answers", "commands and logs", "audit", "metrics", "database and data folder"];

    /// <summary>What the platform received: proof that the secrets were used.</summary>
    internal string OnTheWire { get; private set; } = "";

    internal string Secret(string name) => _secrets[name];

    internal string Sink(string group) => _sinks[group].ToString();

    public async ValueTask InitializeAsync()
    {
        await using var server = new PostgresServer();
        await using var platform = await EchoingPlatform.StartAsync();
        var bare = await server.NewDatabaseAsync();
        var good = Settings("good.yaml", platform, bare.Replace("hypergate@", $"hypergate:{Uri.EscapeDataString(_secrets["password of the database"])}@", StringComparison.Ordinal));
        var made = await RunAsync(good, "keys", "create", "--name", "anna", "--role", "admin");
        Assert.True(made.ExitCode == 0, made.Error);
        await using (var program = await ServedProgram.StartAsync(_folder, Environment, "--config", good))
        {
            await WorkAsync(program, made.Output.Trim());
            await CommandsAsync(good);
            await server.StopAsync();
            await WorkAsync(program, made.Output.Trim());
            await CommandsAsync(good);
            await server.StartAsync();
            Keep("commands and logs", (await program.StopAsync()).Errors);
        }

        await WrongAsync(platform, bare);
        Keep("database and data folder", await PostgresServer.RunAsync(bare, "select (select string_agg(family || key || value, ' ') from hypergate.entries) || (select string_agg(line, ' ') from hypergate.audit)") ?? "");
        foreach (var file in Directory.EnumerateFiles(_folder.Data, "*", SearchOption.AllDirectories))
        {
            Keep("database and data folder", await File.ReadAllTextAsync(file));
        }

        OnTheWire = platform.Came;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private (string, string)[] Environment =>
        [("CLIENT_SECRET", _secrets["client secret of OAuth"]), ("REPLICAS_KEY", _secrets["key of the replicas"])];

    private string Settings(string name, EchoingPlatform platform, string connection)
    {
        _folder.Write("flow.dadl", $$"""
            spec: "https://dadl.ai/spec/dadl-spec-v0.1.md"
            backend:
              name: flow
              type: rest
              description: A platform behind a flow
              base_url: {{platform.Address}}
              auth: { type: oauth2, token_url: "{{platform.Address}}/token", client_id_credential: cid, client_secret_credential: sec }
              tools:
                look: { method: GET, path: /look, access: read, description: Look }
            """);
        var file = _folder.Write(name, $$"""
            surfaces: [search]
            backends: [{ name: flow, kind: dadl, url: "{{platform.Address}}", dadl: { file: ./flow.dadl }, auth: { keys: { cid: the-client, sec: "${env:CLIENT_SECRET}" } } }]
            state: postgres
            postgres: { connection: {{SecurityWorld.Quoted(connection)}}, key: "${env:REPLICAS_KEY}", timeoutSeconds: 2 }
            """);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private async Task WorkAsync(ServedProgram program, string anna)
    {
        for (var call = 0; call < 6; call++)
        {
            Keep("answers", (await program.CallAsync("call_operation", """{"backend":"flow","operation":"look","arguments":{} }""", anna)).Body);
        }

        Keep("answers", (await program.CallAsync("check_connection", key: anna)).Body);
        Keep("answers", (await program.CallAsync("whoami", key: anna)).Body);
        using var metrics = await program.GetAsync("/metrics", headers => headers.Add("X-API-Key", anna));
        Keep("metrics", await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task CommandsAsync(string file)
    {
        foreach (var command in (string[][])[["doctor"], ["doctor", "--json"], ["check"], ["keys", "list"], ["approvals", "list"], ["freeze", "status"], ["dadl", "list"], ["call", "call_operation", """{"backend":"flow","operation":"look","arguments":{} }"""]])
        {
            Keep("commands and logs", (await RunAsync(file, command)).Output);
        }

        foreach (var command in (string[][])[["audit", "verify"], ["audit", "export"], ["audit", "export", "--format", "csv"], ["audit", "search", "--caller", "key:anna"]])
        {
            Keep("audit", (await RunAsync(file, command)).Output);
        }
    }

    // Addresses that cannot be understood, or lead to nobody, in both ways of writing them.
    private async Task WrongAsync(EchoingPlatform platform, string address)
    {
        var secret = _secrets["password of the database"];
        var port = new Uri(address).Port;
        foreach (var connection in (string[])
        [
            $"postgres://hypergate:{Uri.EscapeDataString(secret)}@127.0.0.1:nowhere/x", $"postgres://hypergate:{secret}@127.0.0.1:{port}/none", $"postgres://hypergate:{Uri.EscapeDataString(secret)}@127.0.0.1:1/x",
            $"Host=127.0.0.1;Port={port};Username=nobody;Password={secret};Database=none", $"Host=127.0.0.1;Port=1;Username=nobody;Password={secret};Database=none", $"Host=127.0.0.1;Password={secret};NoSuchWord=1",
        ])
        {
            var file = Settings("wrong.yaml", platform, connection);
            Keep("commands and logs", (await RunAsync(file, "serve", "--listen", "127.0.0.1:0")).Output);
            Keep("commands and logs", (await RunAsync(file, "doctor")).Output);
        }
    }

    private async Task<CommandRun> RunAsync(string file, params IEnumerable<string> command)
    {
        var run = await CommandRun.OfAsync(_folder, Environment, [.. command, "--config", file]);
        Keep("commands and logs", run.Error);
        return run;
    }

    private void Keep(string group, string text) => _sinks[group].AppendLine(text);
}
