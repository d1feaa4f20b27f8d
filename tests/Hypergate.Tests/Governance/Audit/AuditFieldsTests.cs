using System.Diagnostics;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>What a record tells of a call beside its end: where it comes from, what decided, what was sent, what came back.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
public sealed class AuditFieldsTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");
    private readonly AuditKey _key;
    private readonly AuditLog _log;

    public AuditFieldsTests()
    {
        _key = new(Path.Combine(_parent.FullName, "audit.key"));
        _log = new(new() { Folder = Folder, Key = _key }, AuditRedaction.For(RedactionRules.None, SecretScrubber.None) with { Digest = _key.Digest }, TimeProvider.System);
    }

    private string Folder => Path.Combine(_parent.FullName, "audit");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _log.Dispose();
        _parent.Delete(recursive: true);
    }

    [Fact]
    public async Task It_tells_where_the_call_comes_from()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var caller = new Caller("key:anna", ["viewer"])
        {
            AuthenticatedBy = "API key 1a2b3c4d",
            Origin = new() { Address = "192.0.2.7", Client = "claude 1.2", Surface = "fleet" },
        };

        var record = await RecordAsync(Read with { Caller = caller }, static _ => new Outcome.Done(default));

        Assert.Equal(
            ["key:anna", "API key 1a2b3c4d", "192.0.2.7", "claude 1.2", "fleet", activity.TraceId.ToHexString()],
            new[] { "caller", "authenticated_by", "address", "client", "surface", "trace" }.Select(name => record.GetProperty(name).GetString()));
    }

    [Fact]
    public async Task What_a_client_says_of_itself_is_cleaned_like_any_text_of_others()
    {
        var caller = new Caller("local", []) { Origin = new() { Client = "evil\u001b[2J\u200bclient \"x\"" } };

        var record = await RecordAsync(Read with { Caller = caller }, static _ => new Outcome.Done(default));

        Assert.DoesNotContain(record.GetProperty("client").GetString()!, static c => char.IsControl(c) || c == '\u200b');
    }

    [Fact]
    public async Task Equal_arguments_have_equal_hashes_however_they_are_written_and_others_have_not()
    {
        async Task<string> HashAsync(string arguments) => (await RecordAsync(Read with { Arguments = JsonElement.Parse(arguments) }, static _ => new Outcome.Done(default))).GetProperty("args_hash").GetString()!;

        var first = await HashAsync("""{"password":"correct-horse","id":"a"}""");

        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.Equal(first, await HashAsync("""{ "id": "a", "password": "correct-horse" }"""));
        Assert.NotEqual(first, await HashAsync("""{"password":"battery-staple","id":"a"}"""));
        Assert.NotEqual(first, new AuditKey(Path.Combine(_parent.FullName, "other.key")).Digest(JsonElement.Parse("""{"password":"correct-horse","id":"a"}""")));
    }

    [Theory]
    [InlineData("""[{"id":1},{"id":2}]""", """{"type":"list","items":2}""")]
    [InlineData("""{"id":1}""", """{"type":"object"}""")]
    [InlineData("\"web-01\"", """{"type":"text"}""")]
    [InlineData("true", """{"type":"value"}""")]
    [InlineData("null", """{"type":"empty"}""")]
    public async Task Of_what_came_back_it_tells_the_shape(string answer, string shape)
    {
        var record = await RecordAsync(Read, _ => new Outcome.Done(JsonElement.Parse(answer)));

        Assert.Equal(shape, record.GetProperty("result").GetRawText());
    }

    [Fact]
    public async Task A_job_is_told_by_its_id_whether_it_ended_well_or_not()
    {
        var running = await RecordAsync(Change, static _ => new Outcome.Done(default) { Job = new("UPID:7", JobState.Running) });
        var failed = await RecordAsync(Change, static _ => new Outcome.Failed(200, "no space") { Job = new("UPID:8", JobState.Failed) });

        Assert.Equal(["""{"type":"task","id":"UPID:7"}""", """{"type":"task","id":"UPID:8"}"""], new[] { running, failed }.Select(static record => record.GetProperty("result").GetRawText()));
    }

    [Fact]
    public async Task Answers_are_recorded_where_that_is_wanted_without_secrets_and_within_the_limit()
    {
        var settings = new AuditResultSettings { Operations = ["Get*"], MaxKilobytes = 1 };
        var rows = string.Join(',', Enumerable.Range(0, 500).Select(static number => $$"""{"name":"vm-{{number}}","password":"hunter2-{{number}}"}"""));

        var wanted = await RecordAsync(Read, _ => new Outcome.Done(JsonElement.Parse("""{"name":"vm-1","password":"hunter2"}""")), settings);
        var large = await RecordAsync(Read, _ => new Outcome.Done(JsonElement.Parse($"[{rows}]")), settings);
        var other = await RecordAsync(Read with { Operation = Read.Operation with { Name = "ListVms" } }, _ => new Outcome.Done(JsonElement.Parse("""{"name":"vm-1"}""")), settings);

        Assert.Equal("vm-1", wanted.GetProperty("result").GetProperty("value").GetProperty("name").GetString());
        Assert.DoesNotContain("hunter2", wanted.GetRawText() + large.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(500, large.GetProperty("result").GetProperty("items").GetInt32());
        Assert.InRange(large.GetProperty("result").GetProperty("value").GetRawText().Length, 100, 1024);
        Assert.False(other.GetProperty("result").TryGetProperty("value", out _));
    }

    [Fact]
    public async Task It_tells_the_rule_and_the_requests_of_the_call()
    {
        var record = await RecordAsync(Read, static call =>
        {
            call.Notes!.Rule = "roles.web.allow[0]";
            call.Notes.Begin(12);
            call.Notes.End(new(503, 5, 10, true));
            call.Notes.Begin(12);
            call.Notes.End(new(200, 7, 345, true));
            return new Outcome.Done(default);
        });

        Assert.Equal(("roles.web.allow[0]", "true", 24), (record.GetProperty("rule").GetString(), record.GetProperty("sent").GetString(), record.GetProperty("bytes_out").GetInt32()));
        Assert.Equal("""[{"status":503,"ms":5,"bytes":10},{"status":200,"ms":7,"bytes":345}]""", record.GetProperty("attempts").GetRawText());
    }

    [Fact]
    public async Task Whether_it_was_sent_is_told_as_far_as_anybody_knows()
    {
        async Task<string?> SentAsync(Action<CallNotes> work) => (await RecordAsync(Change, call =>
        {
            work(call.Notes!);
            return new Outcome.Failed(null, "");
        })).GetProperty("sent").GetString();

        Assert.Equal("false", await SentAsync(static _ => { }));
        Assert.Equal("false", await SentAsync(static notes => Try(notes, new TransportFailure(FailureKind.Refused, ""))));
        Assert.Equal("unknown", await SentAsync(static notes => Try(notes, new TransportFailure(FailureKind.Timeout, ""))));
        Assert.Equal("unknown", await SentAsync(static notes => notes.Begin(null)));
        Assert.Equal("true", await SentAsync(static notes => Try(notes, new TransportFailure(FailureKind.Truncated, ""))));
    }

    [Fact]
    public async Task The_record_before_a_change_tells_who_agreed_to_what_and_not_yet_whether_it_was_sent()
    {
        var step = new AuditIntentStep(_log);
        var notes = new CallNotes { Consent = "approval by key:berta", Rule = "roles.web.allow[1]", Target = new("VM", "vm-1", "web-01", "pool Paris") };

        await step.InvokeAsync(Change with { Notes = notes }, static (_, _) => Task.FromResult<Outcome>(new Outcome.Done(default)), Token);
        var record = Records().Single();

        Assert.Equal("begin", record.GetProperty("phase").GetString());
        Assert.Equal("approval by key:berta", record.GetProperty("consent").GetString());
        Assert.Equal("""{"kind":"VM","id":"vm-1","name":"web-01","place":"pool Paris"}""", record.GetProperty("target").GetRawText());
        Assert.False(record.TryGetProperty("sent", out _));
        Assert.Empty(AuditVerifier.Verify(Folder, _key).Problems);
    }

    [Fact]
    public async Task A_composite_leaves_it_to_its_parts_to_tell_what_was_sent()
    {
        var composite = Read with { Operation = Read.Operation with { Rules = new() { Composite = new("", TimeSpan.FromSeconds(1), [], []) } } };

        Assert.False((await RecordAsync(composite, static _ => new Outcome.Done(default))).TryGetProperty("sent", out _));
    }

    private static Call Read { get; } = new()
    {
        Backend = "xo",
        Operation = new() { Name = "GetVm", DeclaredName = "GetVm", Domain = "vms", Title = "", Method = "GET", Path = "/vms/{id}", Access = Access.Read },
        Caller = new("local", [Roles.Viewer]),
        Arguments = JsonElement.Parse("""{"id":"a"}"""),
    };

    private static Call Change { get; } = Read with { Operation = Read.Operation with { Name = "StartVm", Method = "POST", Access = Access.Write } };

    private static void Try(CallNotes notes, TransportFailure failure)
    {
        notes.Begin(null);
        notes.End(new(null, 1, 0, failure.WasSent));
    }

    private async Task<JsonElement> RecordAsync(Call call, Func<Call, Outcome> answer, AuditResultSettings? results = null)
    {
        await new AuditStep(_log, NullLogger<AuditStep>.Instance, TimeProvider.System, results).InvokeAsync(call, (noted, _) => Task.FromResult(answer(noted)), Token);
        return Records()[^1];
    }

    private List<JsonElement> Records() => [.. AuditSearch.Find(Folder, new()).Select(static found => found.Record)];
}
