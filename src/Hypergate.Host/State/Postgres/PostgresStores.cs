using System.Security.Cryptography;
using System.Text;
using Hypergate.Backends.Files;
using Hypergate.Governance.Audit;
using Hypergate.Governance.Limits;
using Hypergate.Governance.State;
using Hypergate.Host.Authentication;
using Hypergate.Host.Settings;
using Hypergate.Host.Telemetry;
using Npgsql;

namespace Hypergate.Host.State.Postgres;

/// <summary>A database that several replicas share.</summary>
internal sealed class PostgresStores : IGatewayStores
{
    private readonly PostgresDatabase _database;
    private readonly PostgresAuditWriter _audit;
    private readonly AuditKey _auditKey;
    private readonly PostgresReplica _replica;
    private readonly StoredKeys _keys;
    private readonly AuditCopies? _copies;
    private readonly TimeProvider _time;

    public PostgresStores(PostgresSettings settings, AuditSettings audit, AuditCopies? copies, TimeProvider time)
    {
        _time = time;
        _copies = copies;
        var address = PostgresAddress.Read(settings);
        _database = new PostgresDatabase(NpgsqlDataSource.Create(address), $"{address.Database} at {address.Host}:{address.Port}", time);
        var secret = Encoding.UTF8.GetBytes(settings.Key.Reveal());
        SealKey = Derive(secret, "hypergate seals");
        _auditKey = AuditKey.Of(Derive(secret, "hypergate audit"));
        _audit = new PostgresAuditWriter(_database, _auditKey, new PostgresAuditRetention(_database, audit, _auditKey, time), copies is null ? null : copies.Take, time);
        State = new PostgresStateStore(_database);
        Trail = new PostgresTrail(_database, _auditKey);
        _keys = new StoredKeys(State, time);
        _replica = new PostgresReplica(_database, address, time);
        Files = new PostgresFileDepot(_database, Derive(secret, "hypergate files"), settings.SharedFileMegabytes * 1024L * 1024, time);
    }

    /// <summary>Where ends of changes wait while the database is away; null for nowhere.</summary>
    public string? DataFolder { get; init; }

    public IStateStore State { get; }

    public IStateStore Consents => State;

    public byte[] SealKey { get; }

    public IApiKeyShelf Keys => _keys;

    public IAuditTrail Trail { get; }

    public Replica? Replica => _replica;

    public IFileDepot? Files { get; }

    public IRateCounter NewCounter() => new PostgresRateCounter(_database, new MemoryRateCounter(_time));

    public IAuditLog NewAudit(AuditSettings settings, AuditScrubbing scrubbing)
    {
        scrubbing = scrubbing with { Digest = _auditKey.Digest };
        var log = new PostgresAuditLog(_audit, scrubbing);
        return DataFolder is { } folder ? EmbeddedStores.SpoolIn(folder, log, log.AppendAsync, scrubbing, _time) : log;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _database.StartAsync(cancellationToken);
        await _keys.StartAsync(cancellationToken);
        await _replica.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _keys.DisposeAsync();
        await _audit.DisposeAsync();
        if (_copies is not null)
        {
            await _copies.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    private static byte[] Derive(byte[] secret, string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.ASCII.GetBytes(purpose));
}
