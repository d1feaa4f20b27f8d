using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>The database that replicas share.</summary>
internal sealed record PostgresSettings
{
    [Setting("How it is reached: postgres://user:password@host:5432/database?sslmode=verify-full, or Host=…;Username=…;Password=…;Database=….",
        Example = "\"${env:HYPERGATE_POSTGRES}\"")]
    public required Secret Connection { get; init; }

    [Setting("A secret that all replicas share and the database never sees, of at least 32 characters: it signs the audit, and what travels through clients while they ask their person.",
        Example = "\"${file:/run/secrets/hypergate-key}\"")]
    public required Secret Key { get; init; }

    [Setting("How long one question to the database may take, in seconds. While it is away, looking goes on and changes are refused.", Minimum = 1, Maximum = 60)]
    public int TimeoutSeconds { get; init; } = 5;

    [Setting("How many connections each replica holds at most.", Minimum = 2, Maximum = 200)]
    public int Connections { get; init; } = 20;

    [Setting("Up to which size files that platforms send are put into the database, sealed with the key, so that every replica can give them; sixteen times as much altogether. Larger ones only the replica gives that took them.", Minimum = 0, Maximum = 1024)]
    public int SharedFileMegabytes { get; init; } = 64;
}
