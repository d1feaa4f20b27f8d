using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Hypergate.EndToEnd.Harness;
using Hypergate.EndToEnd.Security.DenialOfService;
using Hypergate.EndToEnd.Security.OAuth;
using Hypergate.EndToEnd.Telemetry;
using Hypergate.Simulator.ProxmoxVe;
using Hypergate.Simulator.PxCloud;
using Hypergate.Simulator.XenOrchestra;
using Hypergate.Simulator.Faults;

namespace Hypergate.EndToEnd.Security.Secrets;

/// <summary>A gateway of a team with secrets of every kind that there is, on all ways out that a served gateway has.</summary>
public sealed partial class ServedSecrets : IAsyncLifetime
{
    private const string Look = """{"limit":1}""";

    private readonly ProgramFolder _folder = new();
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal)
    {
        ["token of a key"] = "b3rta-0wn-T0ken-of-the-suite",
        ["Proxmox password"] = "operator-pass",
        ["credential of a DADL file"] = "d4dl+Cr3dential/of=suite",
        ["key of an API"] = "r3st-k3y&of%the+suite",
        ["webhook secret"] = "w3bh00k-s3cret-of-the-suite",
        ["seal key"] = "s3al-k3y \"of\" the suite, a passphrase",
        ["telemetry header"] = "t3lemetry-h3ader-of-the-suite",
    };

    private readonly Dictionary<string, StringBuilder> _sinks = Groups.ToDictionary(static name => name, static _ => new StringBuilder(), StringComparer.Ordinal);

    public static IReadOnlyList<string> Groups { get; } = ["traces and metrics", "audit and its exports", "approvals and webhooks", "answers and error pages", "commands and logs"];

    public static IReadOnlyList<string> Names { get; } =
    [
        "token of Xen Orchestra", "token of a key", "Proxmox token secret", "Proxmox password", "Proxmox ticket", "Proxmox CSRF token", "PXCloud password", "PXCloud token",
        "credential of a DADL file", "key of an API", "webhook secret", "seal key", "OAuth token", "API key", "private key of TLS", "telemetry header",
    ];

    /// <summary>What platforms, collector and webhook received: proof that the secrets were used.</summary>
    internal string OnTheWire { get; private set; } = "";

    internal string Secret(string name) => _secrets[name];

    internal string Sink(string group) => _sinks[group].ToString();

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var issuer = new OAuthWorld();
        await issuer.InitializeAsync();
        await using var xo = await Xo.StartAsync();
        await using var pve = await ProxmoxSimulator.StartAsync(new ProxmoxOptions { Cluster = "prod" }, TimeProvider.System, cancellation);
        await using var cloud = await PxCloudSimulator.StartAsync(new PxCloudOptions(), TimeProvider.System, cancellation);
        await using var api = new HostilePlatform();
        await using var collector = await Collector.StartAsync();
        (_secrets["token of Xen Orchestra"], _secrets["Proxmox token secret"], _secrets["PXCloud password"], _secrets["OAuth token"]) = (xo.Token, pve.TokenSecret, cloud.Password, issuer.Token());
        var file = Settings(xo, pve, cloud, api, collector, issuer.Issuer);
        var (anna, berta) = (await KeyAsync("anna", "admin"), await KeyAsync("berta", "admin", "--credential", "xo=env:BERTA_XO"));
        _secrets["API key"] = anna[12..];
        await using (var program = await ServedProgram.StartReadyAsync(_folder, Environment, "--config", file))
        {
            await WorkAsync(program, xo, anna, berta);
            await ApproveAsync(program, anna, file);
            await MetricsAsync(program, anna);
            await Until.TrueAsync(() => Task.FromResult(collector.At("/hook").Length > 0 && collector.At("/v1/traces").Contains("GetVms", StringComparison.Ordinal) && collector.At("/v1/metrics").Length > 0));
            Keep("commands and logs", (await program.StopAsync()).Errors);
        }

        _secrets["Proxmox ticket"] = Found(pve.Requests.All.SelectMany(static request => request.Headers).Select(static header => header.Value), Ticket());
        _secrets["Proxmox CSRF token"] = pve.Requests.All.SelectMany(static request => request.Headers).First(static header => header.Key.Equals("CSRFPreventionToken", StringComparison.OrdinalIgnoreCase)).Value;
        _secrets["PXCloud token"] = Found(cloud.Requests.All.SelectMany(static request => request.Headers).Select(static header => header.Value), Bearer());
        await CommandsAsync(file);
        Keep("traces and metrics", string.Concat(collector.At("/v1/traces"), collector.At("/v1/metrics"), collector.At("/v1/logs")));
        Keep("approvals and webhooks", collector.At("/hook"));
        OnTheWire = string.Concat(xo.Requests.All.Select(static request => Told(request.Target, request.Headers.Select(static header => header.Value)))
            .Concat(pve.Requests.All.Select(static request => Told(request.Target, request.Headers.Select(static header => header.Value)) + Encoding.UTF8.GetString(request.Body.Span)))
            .Concat(cloud.Requests.All.Select(static request => Told(request.Target, request.Headers.Select(static header => header.Value)) + Encoding.UTF8.GetString(request.Body.Span)))
            .Concat(api.Heads).Concat(collector.Headers));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private (string, string)[] Environment => [("HYPERGATE_KEY", _secrets["seal key"]), ("BERTA_XO", _secrets["token of a key"])];

    private string Settings(XoSimulator xo, ProxmoxSimulator pve, PxCloudSimulator cloud, HostilePlatform api, Collector collector, string issuer)
    {
        HostileDescriptions.Write(_folder);
        _folder.Write("keyed.json", """
            {"openapi":"3.0.0","info":{"title":"x","version":"1"},"security":[{"key":[]}],"components":{"securitySchemes":{"key":{"type":"apiKey","in":"query","name":"k"} } },
             "paths":{"/good":{"get":{"operationId":"Good","responses":{"200":{"description":"ok"} } } } } }
            """);
        return _folder.Write("hypergate.yaml", $$"""
            surfaces: [search]
            backends:
              - { name: xo, kind: xen-orchestra, url: "{{Xo.Address(xo)}}", actions: true, auth: { token: "{{xo.Token}}" } }
              - { name: pve, kind: proxmox-ve, url: "{{pve.Url}}", actions: true, auth: { tokenId: "{{pve.TokenId}}", tokenSecret: "{{pve.TokenSecret}}" }, tls: { fingerprint: "{{pve.Fingerprint}}" } }
              - { name: login, kind: proxmox-ve, url: "{{pve.Url}}", actions: true, auth: { username: operator@pve, password: "{{_secrets["Proxmox password"]}}" }, tls: { fingerprint: "{{pve.Fingerprint}}" } }
              - { name: cloud, kind: pxcloud, url: "{{cloud.Url}}", auth: { username: "{{cloud.User}}", password: "{{cloud.Password}}" } }
              - { name: paged, kind: dadl, url: "{{api.Address}}", auth: { token: "{{_secrets["credential of a DADL file"]}}" }, dadl: { file: ./paged.dadl } }
              - { name: keyed, kind: rest, url: "{{api.Address}}", auth: { keys: { key: "{{_secrets["key of an API"]}}" } }, rest: { document: ./keyed.json } }
            policy: { confirmation: { dangerous: approve, write: none } }
            approvals: { webhook: { url: "{{collector.Address}}hook", secret: "{{_secrets["webhook secret"]}}" } }
            telemetry: { otlp: "{{collector.Address}}", headers: "x-team={{_secrets["telemetry header"]}}", metricsSeconds: 1 }
            audit: { otlp: true }
            http: { limits: { refusalsPerSecond: 1000, wrongCredentials: 1000000 } }
            authentication: { oauth: { resource: "{{OAuthWorld.Resource}}", issuers: [{ issuer: "{{issuer}}", dangerously_allow_loopback: true }], scopes: [mcp], roles: { vm-look: viewer } } }
            """);
    }

    // Calls of every platform, right ones and wrong ones, and a platform that repeats what it was sent.
    private async Task WorkAsync(ServedProgram program, XoSimulator xo, string anna, string berta)
    {
        foreach (var (backend, operation, arguments) in new[]
        {
            ("xo", "GetVms", """{"limit":1}"""), ("paged", "good", "{}"), ("keyed", "Good", "{}"), ("xo", "NoSuch", "{}"),
        })
        {
            await CallAsync(program, anna, backend, operation, arguments);
        }

        await FirstOfAsync(program, anna, "pve", "list nodes");
        await FirstOfAsync(program, anna, "login", "list nodes");
        await FirstOfAsync(program, anna, "cloud", "list clusters");
        await ConfirmAsync(program, anna);
        await CallAsync(program, berta, "xo", "GetVms", Look);
        Keep("answers and error pages", (await program.AskAsync("tools/list", headers: ("Authorization", $"Bearer {_secrets["OAuth token"]}"))).Body);
        Keep("answers and error pages", (await program.CallAsync("whoami", key: anna)).Body);
        Keep("answers and error pages", (await program.CallAsync("check_connection", key: anna)).Body);
        await ErrorPagesAsync(program, anna);

        var said = SecurityWorld.Quoted(string.Join(' ', _secrets.Where(static pair => pair.Key is not ("API key" or "OAuth token" or "seal key")).Select(static pair => pair.Value)));
        xo.Faults.Add(new Fault { Path = "/vms", Status = 500, Body = $$"""{"error":{{said}},"data":{"detail":{{said}}} }""" });
        await CallAsync(program, anna, "xo", "GetVms", Look);
        await CallAsync(program, berta, "xo", "GetVms", Look);
        xo.Faults.Clear();
    }

    // The platform refuses it; what counts is what it was sent.
    private async Task ConfirmAsync(ServedProgram program, string key)
    {
        const string Call = """{"backend":"login","operation":"create_cluster_firewall_group","arguments":{"body":{"group":"suite"} } """;
        var preview = await program.CallAsync("call_operation", $"{Call}}}", key);
        var reply = await program.CallAsync("call_operation", $$"""{{Call}},"confirm_token":"{{Answers.Token(preview.Message.Text)}}"}""", key);
        Keep("answers and error pages", reply.Body);
    }

    // Whatever it is called there: an operation that the search finds.
    private async Task FirstOfAsync(ServedProgram program, string key, string backend, string query)
    {
        var found = (await program.CallAsync("search_operations", $$"""{"query":"{{query}}","backend":"{{backend}}","limit":5}""", key)).Message;
        foreach (var operation in found.GetProperty("result").GetProperty("structuredContent").GetProperty("operations").EnumerateArray().Select(static one => one.GetProperty("operation").GetString()!))
        {
            await CallAsync(program, key, backend, operation, "{}");
        }
    }

    private async Task CallAsync(ServedProgram program, string key, string backend, string operation, string arguments)
    {
        var reply = await program.CallAsync("call_operation", $$"""{"backend":"{{backend}}","operation":"{{operation}}","arguments":{{arguments}} }""", key);
        Keep("answers and error pages", reply.Body);
    }

    private async Task ErrorPagesAsync(ServedProgram program, string anna)
    {
        foreach (var line in (string[])[$"X-API-Key: {anna}x", $"Authorization: Bearer {_secrets["OAuth token"]}x", $"Authorization: Bearer {_secrets["OAuth token"]}\r\nX-API-Key: {anna}", $"X-API-Key: {anna}\r\nHost: evil.example"])
        {
            foreach (var path in (string[])["/mcp", $"/mcp/{anna}", $"/nothing?key={anna}", "/metrics", "/api/approvals", "/api/approvals/none/approve"])
            {
                Keep("answers and error pages", (await RawHttp.AskAsync(program.Address.Port, $"POST {path} HTTP/1.1\r\nHost: localhost:{program.Address.Port}\r\nContent-Type: application/json\r\n{line}", "{")).Text);
            }
        }
    }

    private async Task ApproveAsync(ServedProgram program, string anna, string file)
    {
        var vm = (await program.CallAsync("call_operation", """{"backend":"xo","operation":"GetVms","arguments":{"fields":"id","limit":1} }""", anna)).Message.GetProperty("result").GetProperty("structuredContent").GetProperty("rows")[0].GetProperty("id").GetString();
        await CallAsync(program, anna, "xo", "DeleteVm", $$"""{"id":"{{vm}}"}""");
        using var list = await program.GetAsync("/api/approvals", headers => headers.Add("X-API-Key", anna));
        Keep("approvals and webhooks", await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Keep("approvals and webhooks", (await RunAsync(file, "approvals", "list")).Output);
        Keep("approvals and webhooks", (await RunAsync(file, "approvals", "list", "--json")).Output);
    }

    private async Task MetricsAsync(ServedProgram program, string anna)
    {
        using var metrics = await program.GetAsync("/metrics", headers => headers.Add("X-API-Key", anna));
        Keep("traces and metrics", await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task CommandsAsync(string file)
    {
        foreach (var command in (string[][])
        [
            ["doctor"], ["doctor", "--json"], ["check"], ["tools", "--json"], ["keys", "list"], ["policy", "explain", "--key", "berta", "--call", "xo.StartVm"],
            ["audit", "verify"], ["freeze", "status"], ["approvals", "list"],
        ])
        {
            Keep("commands and logs", (await RunAsync(file, command)).Output);
        }

        foreach (var command in (string[][])[["audit", "export", "--format", "jsonl"], ["audit", "export", "--format", "csv"], ["audit", "search", "--caller", "key:anna"], ["audit", "tail", "--count", "100"]])
        {
            Keep("audit and its exports", (await RunAsync(file, command)).Output);
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(_folder.Data, "audit")))
        {
            Keep("audit and its exports", await File.ReadAllTextAsync(path));
        }

        await CertificateAsync(file);
    }

    // A key that does not fit its certificate, and settings that break off behind a secret.
    private async Task CertificateAsync(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();
        _secrets["private key of TLS"] = pem.Split('\n')[1];
        File.SetUnixFileMode(_folder.Write("tls.key", pem), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=other", other, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _folder.Write("tls.pem", certificate.ExportCertificatePem());
        var text = await File.ReadAllTextAsync(file);
        foreach (var (name, content) in new[]
        {
            ("tls.yaml", text.Replace("http: {", "http: { tls: { certificate: ./tls.pem, key: ./tls.key },", StringComparison.Ordinal)),
            ("broken.yaml", text[..text.LastIndexOf("telemetry", StringComparison.Ordinal)] + "telemetry: { otlp: x"),
            ("wrong.yaml", text.Replace("webhook: { url:", "webhook: { adress:", StringComparison.Ordinal)),
            ("inline.yaml", text.Replace("keys: { key:", "keys: [", StringComparison.Ordinal)),
        })
        {
            await RunAsync(_folder.Write(name, content), "serve", "--listen", "127.0.0.1:0");
        }
    }

    private async Task<CommandRun> RunAsync(string file, params IEnumerable<string> command)
    {
        var run = await CommandRun.OfAsync(_folder, Environment, [.. command, "--config", file]);
        Keep("commands and logs", run.Error);
        return run;
    }

    private async Task<string> KeyAsync(string name, string role, params IEnumerable<string> more)
    {
        var run = await CommandRun.OfAsync(_folder, Environment, ["keys", "create", "--name", name, "--role", role, .. more]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }

    private void Keep(string group, string text) => _sinks[group].AppendLine(text);

    private static string Told(string target, IEnumerable<string> headers) => $"{target}\n{string.Join('\n', headers)}\n";

    private static string Found(IEnumerable<string> texts, Regex pattern) => texts.Select(text => pattern.Match(text)).First(static match => match.Success).Groups["secret"].Value;

    [GeneratedRegex("PVEAuthCookie=(?<secret>[^;]{20,})", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Ticket();

    [GeneratedRegex("^Bearer (?<secret>.{20,})$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bearer();
}
