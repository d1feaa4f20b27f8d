using System.Text;
using System.Text.Json;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Authorization;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Secrets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hypergate.Tests.Governance.Audit;

/// <summary>What is known of a call is spelled while the platform works; the line is the same as without that.</summary>
[Trait("Suite", "S21")]
[Trait("Rule", "R-AUDIT")]
public sealed class AuditPreparingTests : IDisposable
{
    private const string Secret = "correct-horse-battery";
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-audit-");
    private readonly SecretScrubber _scrubber = new([]);
    private readonly AuditLog _log;

    public AuditPreparingTests() => _log = new(new() { Folder = Folder }, AuditRedaction.For(RedactionRules.None, _scrubber), TimeProvider.System);

    private string Folder => Path.Combine(_parent.FullName, "audit");

    public void Dispose()
    {
        _log.Dispose();
        _parent.Delete(recursive: true);
    }

    [Fact]
    public void A_record_prepared_ahead_is_spelled_like_any_other()
    {
        var scrubbing = AuditRedaction.For(RedactionRules.None, _scrubber);
        var record = Record() with { CallId = "c1", Roles = ["viewer", "night \"shift\""], Access = Access.Read, Tool = "call_operation" };
        var prepared = _log.Prepare(record);

        Assert.Equal(Text(AuditBody.Of(record, scrubbing)), Text(AuditBody.Of(prepared, scrubbing)));
        Assert.Equal(
            Text(AuditBody.Of(record with { Outcome = "done", Status = 200, Objects = ["vm web-01"] }, scrubbing)),
            Text(AuditBody.Of(prepared with { Outcome = "done", Status = 200, Objects = ["vm web-01"] }, scrubbing)));
    }

    [Fact]
    public void A_secret_that_came_to_be_known_meanwhile_is_not_written()
    {
        var prepared = _log.Prepare(Record());
        _scrubber.Learn(Secret);

        Assert.DoesNotContain(Secret, Text(AuditBody.Of(prepared, AuditRedaction.For(RedactionRules.None, _scrubber))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_is_recorded_once_whether_its_answer_was_there_at_once_or_not(bool isAtOnce)
    {
        var answer = new TaskCompletionSource<Outcome>();
        var step = new AuditStep(_log, NullLogger<AuditStep>.Instance, TimeProvider.System);
        if (isAtOnce)
        {
            answer.SetResult(new Outcome.Refused("test", "no"));
        }

        var call = new Call
        {
            Backend = "xo",
            Operation = new() { Name = "Ping", DeclaredName = "Ping", Domain = "xo", Title = "", Method = "GET", Path = "/", Access = Access.Read },
            Caller = new("local", [Roles.Viewer]),
            Arguments = JsonElement.Parse("{}"),
        };
        var run = step.InvokeAsync(call, (_, _) => answer.Task, TestContext.Current.CancellationToken);
        answer.TrySetResult(new Outcome.Refused("test", "no"));
        await run;

        var line = Assert.Single(await File.ReadAllLinesAsync(Path.Combine(Folder, "audit-000001.jsonl"), TestContext.Current.CancellationToken));
        Assert.Contains("\"decision\":\"refused: test\"", line, StringComparison.Ordinal);
        Assert.Empty(AuditVerifier.Verify(Folder).Problems);
    }

    private static AuditRecord Record() => new()
    {
        Caller = "key:bench",
        Backend = "xo",
        Operation = "xo.list_vms",
        Arguments = JsonElement.Parse($$"""{"filter":"name:{{Secret}}"}"""),
    };

    private static string Text(byte[] body) => Encoding.UTF8.GetString(body);
}
