using Hypergate.Governance.Audit;
using Hypergate.Host.Doctor;
using Hypergate.Host.Settings;
using Hypergate.Host.State;
using Hypergate.Host.Telemetry;
using Hypergate.Tests.Backends.Http;
using Hypergate.Tests.Governance.Audit;
using Hypergate.Tests.Simulator;
using Microsoft.Extensions.Logging;

namespace Hypergate.Tests.Host.Telemetry;

/// <summary>A second place is told once a day and at the end where the audit ends; what fails is told and tried again.</summary>
public sealed class AuditCheckpointingTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("hypergate-checkpoint-");
    private readonly SteppedTime _time = new();
    private readonly Warnings _log = new();
    private readonly EmbeddedStores _stores;
    private readonly IAuditLog _audit;

    public AuditCheckpointingTests()
    {
        _stores = new(null, _parent.FullName, null, _time);
        _audit = _stores.NewAudit(new(), AuditTestFolder.NoScrubbing);
    }

    private string Place => Path.Combine(_parent.FullName, "elsewhere", "checkpoints.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _audit.Dispose();
        _parent.Delete(recursive: true);
    }

    [Fact]
    public async Task It_is_told_at_first_after_a_day_and_at_the_end_and_only_what_is_new()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
        await AppendAsync(2);
        await using (Making(Place).Start())
        {
            await Until(() => File.Exists(Place) && Told().Count == 1);
            await AppendAsync(3);
            _time.Advance(TimeSpan.FromHours(23));
            Assert.Equal([2], Told());

            _time.Advance(TimeSpan.FromHours(2));
            await Until(() => Told().Count == 2);
            _time.Advance(TimeSpan.FromDays(3));
            await AppendAsync(1);
        }

        Assert.Equal([2, 5, 6], Told());
        Assert.Empty((await _stores.Trail.VerifyAsync(AuditCheckpoint.ReadAll(Place), Token)).Problems);
        Assert.Empty(_log.Lines);
        Assert.Equal(Severity.Ok, (await DiagnosisAsync()).Severity);
    }

    [Fact]
    public async Task A_place_that_is_not_there_is_a_warning_that_doctor_repeats_until_it_is()
    {
        await AppendAsync(2);
        await using (Making(Place).Start())
        {
            await Until(() => _log.Lines.Count > 0);
            _time.Advance(TimeSpan.FromHours(2));
            Assert.Contains($"could not be told to {Place}", Assert.Single(_log.Lines), StringComparison.Ordinal);
            Assert.Contains("did not reach", (await DiagnosisAsync()).Text, StringComparison.Ordinal);

            Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
            _time.Advance(TimeSpan.FromMinutes(31));
            await Until(() => File.Exists(Place) && Told().Count == 1);
        }

        Assert.Equal(Severity.Ok, (await DiagnosisAsync()).Severity);
    }

    [Fact]
    public async Task An_address_gets_it_as_the_body_of_a_post()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Reply(204, ""));
        await AppendAsync(1);

        await Making($"{server.Address}audit").DisposeAsync();

        var request = Assert.Single(server.Requests);
        Assert.Equal((await _stores.Trail.CheckpointAsync(_time.GetUtcNow(), Token))!.Line, request.Body);
    }

    [Fact]
    public async Task One_that_is_days_old_shows_in_doctor()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
        Assert.Contains("No checkpoint has been written", (await DiagnosisAsync()).Text, StringComparison.Ordinal);
        await AppendAsync(1);
        await Making(Place).DisposeAsync();
        _time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(Severity.Warning, (await DiagnosisAsync()).Severity);
        Assert.Empty(await MachineDiagnosis.CheckpointAsync(null, _stores, _time.GetUtcNow(), Token).ToListAsync(Token));
    }

    private AuditCheckpointing Making(string place) => new(
        () => new AuditSettings { Enabled = true, Checkpoint = place },
        _stores,
        new SettingsSources { Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingFolder = _parent.FullName, Home = _parent.FullName },
        _log,
        _time);

    private async Task<Diagnosis> DiagnosisAsync() => await MachineDiagnosis.CheckpointAsync(Place, _stores, _time.GetUtcNow(), Token).SingleAsync(Token);

    private List<long> Told() => [.. AuditCheckpoint.ReadAll(Place).Select(static one => one.Sequence)];

    private static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task AppendAsync(int count)
    {
        for (var index = 0; index < count; index++)
        {
            await _audit.AppendAsync(AuditTestFolder.Record(), Token);
        }
    }

    private sealed class Warnings : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
