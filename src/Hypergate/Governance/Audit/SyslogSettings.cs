using Hypergate.Schemas;

namespace Hypergate.Governance.Audit;

/// <summary>Where copies of records go as messages of syslog (RFC 5424).</summary>
public sealed record SyslogSettings
{
    [Setting("udp://HOST:514, tcp://HOST:601 or tls://HOST:6514. Over TCP and TLS each message is preceded by its length.", Example = "tls://logs.example.com:6514")]
    public required Uri Address { get; init; }

    /// <summary>An absolute path once the settings are read.</summary>
    [Setting("A PEM file with the roots that the server's certificate must come from, instead of the system's. Relative paths start at the settings file.", Example = "/etc/hypergate/logs-ca.pem")]
    public string? Ca { get; init; }

    [Setting("The facility of the messages.", Values = ["user", "daemon", "auth", "authpriv", "audit", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"])]
    public string Facility { get; init; } = "audit";
}
