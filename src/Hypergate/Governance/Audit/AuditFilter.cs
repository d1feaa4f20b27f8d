using System.Text.Json;
using Hypergate.Governance.Authorization;

namespace Hypergate.Governance.Audit;

/// <summary>Which records are looked for: all that is given must fit. Names may hold <c>*</c>; case does not count.</summary>
public sealed record AuditFilter
{
    public string? Caller { get; init; }

    /// <summary>From which address.</summary>
    public string? Address { get; init; }

    /// <summary>With which client, as it says of itself.</summary>
    public string? Client { get; init; }

    /// <summary>By which way in: <c>code</c>, <c>domains</c>, <c>cli</c> ….</summary>
    public string? Surface { get; init; }

    public string? Tool { get; init; }

    /// <summary>The W3C id of a trace.</summary>
    public string? Trace { get; init; }

    public string? Backend { get; init; }

    public string? Operation { get; init; }

    /// <summary>An id or a part of a name: in the object or the objects of a change, or among the values of the arguments.</summary>
    public string? Object { get; init; }

    /// <summary><c>done</c>, <c>refused</c>, <c>failed</c> ….</summary>
    public string? Outcome { get; init; }

    /// <summary>The script run or composite call whose parts are looked for: exactly its id.</summary>
    public string? Parent { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a record fits.</summary>
    /// <param name="record">One line of the log.</param>
    public bool Fits(JsonElement record) =>
        (Parent is null || Text(record, "parent") == Parent)
        && Named(record, "caller", Caller)
        && Named(record, "address", Address)
        && Named(record, "client", Client)
        && Named(record, "surface", Surface)
        && Named(record, "tool", Tool)
        && Named(record, "trace", Trace)
        && Named(record, "backend", Backend)
        && Named(record, "operation", Operation)
        && Named(record, "outcome", Outcome)
        && (Since is not { } since || Time(record) >= since)
        && (Until is not { } until || Time(record) < until)
        && (Object is not { } about || Holds(record, "objects", about) || Holds(record, "target", about) || Holds(record, "arguments", about));

    private static bool Named(JsonElement record, string property, string? pattern) => pattern is null || Glob.Fits(pattern, Text(record, property));

    private static string Text(JsonElement record, string property) =>
        record.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset Time(JsonElement record) =>
        record.TryGetProperty("time", out var value) && value.TryGetDateTimeOffset(out var time) ? time : DateTimeOffset.MinValue;

    private static bool Holds(JsonElement record, string property, string text) => record.TryGetProperty(property, out var value) && Holds(value, text);

    private static bool Holds(JsonElement value, string text) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(property => Holds(property.Value, text)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Holds(item, text)),
        JsonValueKind.String => value.GetString()!.Contains(text, StringComparison.OrdinalIgnoreCase),
        JsonValueKind.Number => value.GetRawText() == text,
        _ => false,
    };
}
