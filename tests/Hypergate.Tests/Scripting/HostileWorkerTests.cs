using Hypergate.Scripting;

namespace Hypergate.Tests.Scripting;

/// <summary>A worker is not trusted: what does not fit the protocol ends it, fails its job and touches nothing else.</summary>
public class HostileWorkerTests
{
    private const string EndOf = "\"ok\":true,\"json\":\"1\",\"cpu_ms\":1,\"peak_bytes\":1}";
    private static readonly ScriptJob Job = new("script", "return 1", new Dictionary<string, string>(StringComparer.Ordinal), []);

    public static TheoryData<string, string> Messages => new()
    {
        { "protocol_forged_call_number", """{"t":"call","job":"JOB","call":7,"path":["a"],"json":"{}"}""" },
        { "protocol_call_number_zero", """{"t":"call","job":"JOB","call":0,"path":["a"],"json":"{}"}""" },
        { "forged_job_id", """{"t":"call","job":"other","call":1,"path":["a"],"json":"{}"}""" },
        { "forged_job_of_end", "{\"t\":\"end\",\"job\":\"other\"," + EndOf },
        { "unknown_message", """{"t":"shell","job":"JOB"}""" },
        { "message_of_another_state", """{"t":"ready","protocol":1,"nonce":"n","node":"22","quickjs":"q","jq":"j"}""" },
        { "jq_answer_to_a_script", """{"t":"jqend","job":"JOB","ok":true,"outputs":["1"]}""" },
        { "pong_in_a_job", """{"t":"pong","n":1}""" },
        { "no_type", """{"job":"JOB"}""" },
        { "no_object", "[1]" },
        { "no_json", "hello" },
        { "empty_line", "" },
        { "wrong_type_of_member", """{"t":"call","job":"JOB","call":"1","path":["a"],"json":"{}"}""" },
        { "path_of_numbers", """{"t":"call","job":"JOB","call":1,"path":[1],"json":"{}"}""" },
        { "empty_path", """{"t":"call","job":"JOB","call":1,"path":[],"json":"{}"}""" },
        { "long_path", """{"t":"call","job":"JOB","call":1,"path":["a","b","c","d"],"json":"{}"}""" },
        { "json_that_is_no_text", """{"t":"call","job":"JOB","call":1,"path":["a"],"json":{}}""" },
        { "end_without_figures", """{"t":"end","job":"JOB","ok":true,"json":"1"}""" },
        { "deep_json", """{"t":"log","job":"JOB","level":"log","text":DEEP}""" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_message_that_does_not_fit_ends_the_worker(string name, string message)
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        var job = await fake.JobAsync();
        await fake.SayAsync(message.Replace("JOB", job, StringComparison.Ordinal).Replace("DEEP", new string('[', 100) + new string(']', 100), StringComparison.Ordinal));

        var failure = await Assert.ThrowsAsync<SandboxException>(() => run);

        Assert.True(failure.Code == "sandbox_crashed", name);
        AssertGone(fake);
    }

    [Trait("case", "invalid_utf8")]
    [Fact]
    public async Task Text_that_is_no_unicode_ends_the_worker()
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        await fake.JobAsync();
        await fake.SayAsync([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}', (byte)'\n']);

        Assert.Equal("sandbox_crashed", (await Assert.ThrowsAsync<SandboxException>(() => run)).Code);
        AssertGone(fake);
    }

    [Trait("case", "oversized_line")]
    [Fact]
    public async Task A_line_that_never_ends_is_not_read_on()
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        await fake.JobAsync();
        var part = new byte[1024 * 1024];
        for (var number = 0; number < 18 && !fake.IsKilled; number++)
        {
            await fake.SayAsync(part);
        }

        Assert.Equal("sandbox_crashed", (await Assert.ThrowsAsync<SandboxException>(() => run)).Code);
        AssertGone(fake);
    }

    [Trait("case", "second_end")]
    [Fact]
    public async Task A_second_end_is_a_fault_of_the_next_job()
    {
        using var fake = new FakeWorker();
        var first = RunAsync(fake);
        var job = await fake.JobAsync();
        await fake.SayAsync($"{{\"t\":\"end\",\"job\":\"{job}\",{EndOf}\n{{\"t\":\"end\",\"job\":\"{job}\",{EndOf}");
        Assert.Equal("1", (await first).Json);

        var second = RunAsync(fake);
        await Assert.ThrowsAsync<SandboxException>(() => second);
        AssertGone(fake);
    }

    [Trait("case", "half_line_then_silence")]
    [Fact]
    public async Task A_worker_that_leaves_in_the_middle_of_a_line_has_crashed()
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        await fake.JobAsync();
        await fake.SayAsync("{\"t\":\"lo"u8.ToArray());
        fake.Leave();

        Assert.Equal("sandbox_crashed", (await Assert.ThrowsAsync<SandboxException>(() => run)).Code);
        AssertGone(fake);
    }

    [Trait("case", "flood_of_beats")]
    [Fact]
    public async Task A_flood_of_beats_and_lines_costs_no_memory()
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        var job = await fake.JobAsync();
        for (var number = 0; number < 20_000; number++)
        {
            await fake.SayAsync($$"""{"t":"{{(number % 2 == 0 ? "beat\",\"state\":\"running" : "log\",\"level\":\"log\",\"text\":\"x")}}","job":"{{job}}"}""");
        }

        await fake.SayAsync($"{{\"t\":\"end\",\"job\":\"{job}\",{EndOf}");

        Assert.InRange((await run).Log.Count, 1, 202);
    }

    [Fact]
    public async Task A_worker_that_greets_with_another_nonce_is_not_ours()
    {
        using var fake = new FakeWorker();
        var greeting = fake.Worker.GreetAsync(TestContext.Current.CancellationToken);
        await fake.Heard.ReadLineAsync(TestContext.Current.CancellationToken);
        await fake.SayAsync("""{"t":"ready","protocol":1,"nonce":"forged","node":"22","quickjs":"q","jq":"j"}""");

        Assert.Equal("sandbox_crashed", (await Assert.ThrowsAsync<SandboxException>(() => greeting)).Code);
        AssertGone(fake);
    }

    [Fact]
    public async Task A_worker_that_is_silent_and_computes_is_ended()
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        await fake.JobAsync();
        fake.Usage = fake.Usage with { Processor = TimeSpan.FromSeconds(10) };

        Assert.Equal("timeout", (await Assert.ThrowsAsync<SandboxException>(() => run)).Code);
        AssertGone(fake);
    }

    [Fact]
    public async Task A_worker_that_takes_too_much_memory_is_ended()
    {
        using var fake = new FakeWorker();
        var run = RunAsync(fake);
        await fake.JobAsync();
        fake.Usage = fake.Usage with { Bytes = 300_000_000 };

        Assert.Equal("memory_limit", (await Assert.ThrowsAsync<SandboxException>(() => run)).Code);
        AssertGone(fake);
    }

    [Trait("case", "worker_does_not_read")]
    [Fact]
    public async Task A_worker_that_does_not_read_is_ended()
    {
        using var fake = new FakeWorker();
        var run = fake.Worker.RunAsync(Job, static (_, _) => Task.FromResult(new ScriptReply(true, $"\"{new string('x', 1_000_000)}\"")), TestContext.Current.CancellationToken);
        var job = await fake.JobAsync();
        await fake.SayAsync($$"""{"t":"call","job":"{{job}}","call":1,"path":["a"],"json":"{}"}""");
        using var beats = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (!fake.IsKilled && await beats.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            await fake.SayAsync($$"""{"t":"beat","job":"{{job}}","state":"waiting"}""");
        }

        Assert.Equal("sandbox_crashed", (await Assert.ThrowsAsync<SandboxException>(() => run)).Code);
    }

    [Fact]
    public async Task A_script_that_is_cancelled_ends_its_worker_where_that_does_not_listen()
    {
        using var fake = new FakeWorker();
        using var cancellation = new CancellationTokenSource();
        var run = fake.Worker.RunAsync(Job, static (_, _) => Task.FromResult(new ScriptReply(true, "1")), cancellation.Token);
        await fake.JobAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        AssertGone(fake);
        Assert.Null(fake.Worker.Crashed);
    }

    [Fact]
    public async Task A_fault_of_the_gateway_at_a_call_ends_the_script_that_waits_for_it()
    {
        using var fake = new FakeWorker();
        var run = fake.Worker.RunAsync(Job, static (_, _) => throw new KeyNotFoundException("no such thing"), TestContext.Current.CancellationToken);
        var job = await fake.JobAsync();
        await fake.SayAsync($$"""{"t":"call","job":"{{job}}","call":1,"path":["a"],"json":"{}"}""");

        var failure = await Assert.ThrowsAsync<SandboxException>(() => run);

        Assert.Contains("call 1 failed in the gateway itself (KeyNotFoundException: no such thing)", failure.Message, StringComparison.Ordinal);
        AssertGone(fake);
    }

    private static Task<ScriptEnd> RunAsync(FakeWorker fake) =>
        fake.Worker.RunAsync(Job, static (_, _) => Task.FromResult(new ScriptReply(true, "1")), TestContext.Current.CancellationToken);

    private static void AssertGone(FakeWorker fake)
    {
        Assert.True(fake.IsKilled);
        Assert.False(fake.Worker.IsUsable);
    }
}
