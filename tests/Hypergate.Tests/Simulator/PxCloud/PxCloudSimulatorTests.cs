using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud;
using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.Validation;
using Hypergate.Simulator.Faults;

namespace Hypergate.Tests.Simulator.PxCloud;

/// <summary>The simulated PXCloud behaves by rules, and as its own description says.</summary>
public sealed class PxCloudSimulatorTests : IAsyncLifetime
{
    private readonly SteppedTime _time = new();
    private readonly HttpClient _http = new();
    private PxCloudSimulator _cloud = null!;

    public async ValueTask InitializeAsync()
    {
        _cloud = await PxCloudSimulator.StartAsync(new PxCloudOptions { TaskScale = 1 }, _time, TestContext.Current.CancellationToken);
        SignIn("admin");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task Every_read_answers_in_the_form_that_the_description_promises()
    {
        Assert.Equal(202, (await SendAsync("POST", "/api/vms/prod:prod1:100/snapshots", """{"name":"s"}""")).Status);
        var values = new Dictionary<string, string>
        {
            ["vms"] = "prod:prod1:100",
            ["nodes"] = "prod:prod1",
            ["clusters"] = "prod",
            ["storages"] = "prod:local-zfs",
            ["tasks"] = "task-00001",
            ["servers"] = "ser-0001",
            ["datacenters"] = "dat-0001",
            ["users"] = "use-0001",
            ["monitors"] = "mon-0001",
            ["subnets"] = "sub-0001",
            ["pools"] = "guests",
        };
        var read = 0;
        foreach (var entry in Entries.All.Where(static entry => entry.Method == "GET" && entry.Rule[0] != "none"))
        {
            var family = entry.Path.Split('/').TakeWhile(static part => !part.StartsWith('{')).Last();
            var path = entry.Placeholders.Aggregate(entry.Path, (text, name) => text.Replace($"{{{name}}}", values[family], StringComparison.Ordinal));
            var query = string.Join('&', entry.Query.Where(static field => field.IsRequired).Select(static field => $"{field.Name}={(field.Name == "q" ? "web" : "prod:prod1:100")}"));

            var (status, body) = await SendAsync("GET", $"{path}?{query}");

            Assert.True(status == 200, $"{entry} answers {status}: {body}");
            Assert.Null(ValueCheck.Problem(entry.Answer!, body, entry.ToString()));
            read++;
        }

        Assert.InRange(read, 50, 100);
    }

    [Fact]
    public void The_description_holds_what_readers_stumble_over()
    {
        var document = PxCloudSimulator.Description();
        var operations = document["paths"]!.AsObject().SelectMany(static path => path.Value!.AsObject().Select(operation => (Path: path.Key, Value: operation.Value!.AsObject()))).ToList();
        var ids = operations.Select(static operation => operation.Value["operationId"]?.GetValue<string>()).ToList();

        Assert.InRange(operations.Count, 140, 170);
        Assert.Contains(ids, static id => id is null);
        Assert.Contains(ids, static id => id?.Contains("/{id}/", StringComparison.Ordinal) == true);
        Assert.Equal(2, ids.Count(static id => id == "get_status"));
        Assert.Contains(operations, static operation => operation.Value["description"]?.GetValue<string>().Length > 4_700);
        Assert.Contains(operations, static operation => operation.Value["deprecated"]?.GetValue<bool>() == true);
        Assert.Contains("allOf", document["components"]!["schemas"]!["VmDetail"]!.AsObject());
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(document, PxCloudSimulator.Description()));
    }

    [Theory]
    [InlineData("admin", "wrong", 401, "invalid_credentials")]
    [InlineData("nobody", "wrong", 401, "invalid_credentials")]
    [InlineData("locked", null, 423, "account_locked")]
    [InlineData("factor", null, 403, "mfa_required")]
    public async Task A_login_that_cannot_be_says_why(string user, string? password, int status, string code)
    {
        var login = new JsonObject { ["username"] = user, ["password"] = password ?? _cloud.PasswordOf(user) };

        var answer = await SendAsync("POST", "/api/auth/login", login.ToJsonString());

        Assert.Equal((status, code), (answer.Status, answer.Body!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_an_account()
    {
        for (var i = 0; i < 5; i++)
        {
            await SendAsync("POST", "/api/auth/login", """{"username":"viewer","password":"no"}""");
        }

        Assert.Equal(423, (await SendAsync("POST", "/api/auth/login", $$"""{"username":"viewer","password":"{{_cloud.PasswordOf("viewer")}}"}""")).Status);
    }

    [Fact]
    public async Task A_token_ends_when_it_says()
    {
        Assert.Equal(200, (await SendAsync("GET", "/api/vms")).Status);
        _time.Advance(TimeSpan.FromMinutes(61));

        var late = await SendAsync("GET", "/api/vms");

        Assert.Equal((401, "token_expired"), (late.Status, late.Body!["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("viewer", "POST", "/api/vms/prod:prod1:100/stop", 403)]
    [InlineData("viewer", "GET", "/api/users", 403)]
    [InlineData("viewer", "GET", "/api/vms", 200)]
    [InlineData("operator", "POST", "/api/vms/prod:prod1:100/stop", 202)]
    [InlineData("operator", "GET", "/api/system/settings", 403)]
    public async Task A_role_may_what_its_privileges_say(string user, string method, string path, int status)
    {
        SignIn(user);

        Assert.Equal(status, (await SendAsync(method, path)).Status);
    }

    [Fact]
    public async Task A_task_runs_on_the_clock_holds_its_object_and_then_shows()
    {
        var started = await SendAsync("POST", "/api/vms/prod:prod1:100/shutdown");
        var task = $"/api/tasks/{started.Body!["task_id"]!.GetValue<string>()}";
        _time.Advance(TimeSpan.FromSeconds(10));
        var half = await SendAsync("GET", task);
        var held = await SendAsync("POST", "/api/vms/prod:prod1:100/stop");
        var still = await SendAsync("GET", "/api/vms/prod:prod1:100");
        _time.Advance(TimeSpan.FromSeconds(11));
        var done = await SendAsync("GET", task);

        Assert.Equal(202, started.Status);
        Assert.Equal(("running", 50), (half.Body!["status"]!.GetValue<string>(), half.Body["progress"]!.GetValue<int>()));
        Assert.Equal(423, held.Status);
        Assert.Equal("running", still.Body!["status"]!.GetValue<string>());
        Assert.Equal("success", done.Body!["status"]!.GetValue<string>());
        Assert.Equal("stopped", (await SendAsync("GET", "/api/vms/prod:prod1:100")).Body!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_task_fails_by_what_it_finds_when_its_time_has_come()
    {
        var backup = await SendAsync("POST", "/api/vms/vc1:esx1:1001/backups", """{"storage":"datastore1"}""");
        Assert.Equal(202, backup.Status);
        await SendAsync("POST", "/api/vms/vc1:esx2:1002/disks", """{"key":"x","storage":"datastore1","size_gb":350}""");
        _time.Advance(TimeSpan.FromSeconds(61));

        var task = await SendAsync("GET", $"/api/tasks/{backup.Body!["task_id"]!.GetValue<string>()}");

        Assert.Equal("failed", task.Body!["status"]!.GetValue<string>());
        Assert.Contains("No space left", task.Body["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_moves_gets_another_id_and_takes_its_snapshots_along()
    {
        await SendAsync("POST", "/api/vms/prod:prod1:100/snapshots", """{"name":"s"}""");
        _time.Advance(TimeSpan.FromSeconds(5));
        await SendAsync("POST", "/api/vms/prod:prod1:100/migrate", """{"target_node":"prod2"}""");
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(404, (await SendAsync("GET", "/api/vms/prod:prod1:100")).Status);
        Assert.Contains((await SendAsync("GET", "/api/vms/prod:prod2:100/snapshots")).Body!.AsArray(), static row => row!["name"]!.GetValue<string>() == "s");
    }

    [Theory]
    [InlineData("POST", "/api/vms", """{"name":"x"}""", 422)]
    [InlineData("POST", "/api/vms", "no json", 400)]
    [InlineData("POST", "/api/vms/prod:prod1:100/power", """{"action":"explode"}""", 422)]
    [InlineData("POST", "/api/servers/ser-0001/bmc/reset", null, 422)]
    [InlineData("GET", "/api/vms?limit=0", null, 422)]
    [InlineData("PUT", "/api/vms", "{}", 405)]
    [InlineData("GET", "/api/nothing", null, 404)]
    [InlineData("POST", "/api/vms/prod:prod1:100/power", """{"action":"resume"}""", 409)]
    public async Task What_is_wrong_is_refused_with_the_right_status(string method, string path, string? body, int status)
    {
        var answer = await SendAsync(method, path, body);

        Assert.Equal(status, answer.Status);
        Assert.False(string.IsNullOrEmpty(answer.Body!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Faults_hit_what_they_are_meant_for()
    {
        _cloud.Faults.Add(new Fault { Path = "/api/vms", Status = 503, Times = 1, Body = """{"code":"unavailable","message":"later"}""" });

        Assert.Equal(200, (await SendAsync("GET", "/api/nodes")).Status);
        Assert.Equal(503, (await SendAsync("GET", "/api/vms")).Status);
        Assert.Equal(200, (await SendAsync("GET", "/api/vms")).Status);
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_installation_to_the_last_byte()
    {
        await using var other = await PxCloudSimulator.StartAsync(new PxCloudOptions(), new SteppedTime(), TestContext.Current.CancellationToken);

        Assert.Equal(other.Password, _cloud.Password);
        using var theirs = new HttpClient();
        theirs.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", other.Token("admin"));
        foreach (var path in (string[])["/api/vms", "/api/nodes", "/api/storages", "/api/ipam/subnets", "/api/servers", "/api/vms/prod:prod1:100/backups"])
        {
            var text = await theirs.GetStringAsync(new Uri(other.Url, path), TestContext.Current.CancellationToken);
            Assert.Equal((await SendAsync("GET", path)).Body!.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
        }
    }

    private void SignIn(string user) => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _cloud.Token(user));

    private async Task<(int Status, JsonNode? Body)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_cloud.Url, path));
        request.Content = body is null ? null : new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
