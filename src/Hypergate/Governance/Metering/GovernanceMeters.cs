using System.Diagnostics.Metrics;

namespace Hypergate.Governance.Metering;

/// <summary>What governance counts beside calls. Labels are words of the gateway or of its settings, never of callers or platforms.</summary>
internal static class GovernanceMeters
{
    private static readonly Meter Meter = new("Hypergate");
    private static readonly Counter<long> Consents = Meter.CreateCounter<long>("hypergate_consents", description: "Questions for consent, by the way they took and what became of them.");
    private static readonly Counter<long> GateChanges = Meter.CreateCounter<long>("hypergate_gate_changes", description: "Calls and answers that gates changed or refused, or would have where they only look on.");
    private static readonly Counter<long> LimitHits = Meter.CreateCounter<long>("hypergate_limit_hits", description: "Requests and calls refused by a limit.");
    private static readonly Counter<long> CredentialErrors = Meter.CreateCounter<long>("hypergate_credential_errors", description: "Calls for which there was no credential, or whose credential the platform refused.");
    private static readonly Counter<long> AuditFailures = Meter.CreateCounter<long>("hypergate_audit_failures", description: "Records that could not be written.");

    /// <param name="way">As an outcome tells it; names in it are left out.</param>
    /// <param name="result"><c>asked</c>, <c>given</c>, <c>declined</c>, or <c>invalid</c> for an answer that does not hold.</param>
    public static void Consent(string way, string result) => Consents.Add(1, new("way", Way(way)), new("result", result));

    /// <param name="gate">Its name in the settings.</param>
    /// <param name="phase"><c>before</c> or <c>after</c>.</param>
    /// <param name="effect"><c>changed</c> or <c>refused</c>, or <c>would_have</c> where it only looks on.</param>
    public static void GateChange(string gate, string phase, string effect) => GateChanges.Add(1, new("gate", gate), new("phase", phase), new("effect", effect));

    public static void LimitHit(string limit) => LimitHits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public static void CredentialError(string backend) => CredentialErrors.Add(1, new KeyValuePair<string, object?>("backend", backend));

    public static void AuditFailure(string store) => AuditFailures.Add(1, new KeyValuePair<string, object?>("store", store));

    private static string Way(string way) => way switch
    {
        _ when way.StartsWith("token", StringComparison.Ordinal) => "token",
        _ when way.StartsWith("approval", StringComparison.Ordinal) => "approval",
        "elicitation" or "plan" => way,
        "command line" => "cli",
        _ => "other",
    };
}
