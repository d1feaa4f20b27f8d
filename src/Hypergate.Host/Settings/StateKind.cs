using System.Text.Json.Serialization;

namespace Hypergate.Host.Settings;

/// <summary>Where the gateway keeps what it must not forget.</summary>
internal enum StateKind
{
    /// <summary>In the data folder and in memory: one gateway on one machine.</summary>
    [JsonStringEnumMemberName("embedded")]
    Embedded,

    /// <summary>In a PostgreSQL database that several replicas share.</summary>
    [JsonStringEnumMemberName("postgres")]
    Postgres,
}
