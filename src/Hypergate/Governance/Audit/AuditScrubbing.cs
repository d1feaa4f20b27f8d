using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>How secrets are kept out of the audit log. Supplied from outside, because redaction belongs to the results.</summary>
/// <param name="WriteArguments">Writes one JSON value: the arguments without secrets.</param>
/// <param name="Text">Gives a text without known secrets.</param>
/// <param name="Secrets">How many secrets are known by now.</param>
public sealed record AuditScrubbing(Action<Utf8JsonWriter, JsonElement> WriteArguments, Func<string, string> Text, Func<int> Secrets)
{
    /// <summary>Writes what a platform answered, without secrets, in so many bytes at most; null where answers are not written.</summary>
    public Action<Utf8JsonWriter, JsonElement, int>? WriteResult { get; init; }

    /// <summary>Tells equal arguments from others, whatever of them is written; null where nobody can.</summary>
    public Func<JsonElement, string?>? Digest { get; init; }

    /// <summary>Leaves everything as it is: for records that the gateway writes of itself.</summary>
    public static AuditScrubbing None { get; } = new(static (writer, arguments) => arguments.WriteTo(writer), static text => text, static () => 0);
}
