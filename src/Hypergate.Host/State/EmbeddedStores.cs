using System.Security.Cryptography;
using Hypergate.Backends.Files;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Limits;
using Hypergate.Governance.State;
using Hypergate.Host.Authentication;
using Hypergate.Host.Telemetry;

namespace Hypergate.Host.State;

/// <summary>Files in the data folder, and the memory of the process: one gateway on one machine.</summary>
/// <param name="auditFolder">Null for the usual one.</param>
/// <param name="dataFolder">Of the gateway.</param>
/// <param name="copies">Get each line of the audit after it was kept.</param>
/// <param name="time">For what ends.</param>
internal sealed class EmbeddedStores(string? auditFolder, string dataFolder, AuditCopies? copies, TimeProvider time) : IGatewayStores
{
    // Made when it is first needed: it takes the whole library of cryptography, and a client may wait for the start.
    private readonly Lazy<byte[]> _sealKey = new(static () => RandomNumberGenerator.GetBytes(32));

    public IStateStore State { get; } = new FileStateStore(Path.Combine(dataFolder, "state"), time);

    /// <summary>A restart forgets them, which is safe.</summary>
    public IStateStore Consents { get; } = new MemoryStateStore();

    public byte[] SealKey => _sealKey.Value;

    public IApiKeyShelf Keys => field ??= KeysIn(dataFolder);

    public IAuditTrail Trail => new FolderTrail(auditFolder ?? Path.Combine(dataFolder, "audit"), AuditSettings.KeyIn(dataFolder));

    public Replica? Replica => null;

    public IFileDepot? Files => null;

    public static ApiKeyFile KeysIn(string dataFolder) => new(Path.Combine(dataFolder, "api-keys.json"));

    public IRateCounter NewCounter() => new MemoryRateCounter(time);

    public IAuditLog NewAudit(AuditSettings settings, AuditScrubbing scrubbing)
    {
        var options = settings.OptionsFor(dataFolder) with { Written = copies is null ? null : copies.Take };
        scrubbing = scrubbing with { Digest = options.Key!.Digest };
        var log = new AuditLog(options, scrubbing, time);
        return SpoolIn(dataFolder, log, (body, token) => log.AppendAsync(body, isBefore: false, token), scrubbing, time);
    }

    /// <summary>A log whose ends of changes wait in the data folder while it cannot be written.</summary>
    public static SpooledAuditLog SpoolIn(string dataFolder, IAuditLog log, Func<byte[], CancellationToken, ValueTask> append, AuditScrubbing scrubbing, TimeProvider time)
    {
        var spool = new AuditSpool(Path.Combine(dataFolder, "audit-waiting.jsonl"), append, time);
        spool.Resume();
        return new(log, scrubbing, spool, time);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => copies?.DisposeAsync() ?? default;
}
