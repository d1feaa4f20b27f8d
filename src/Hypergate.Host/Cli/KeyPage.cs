using System.Globalization;
using Hypergate.Host.Authentication;

namespace Hypergate.Host.Cli;

/// <summary>What people are shown of a key: all but its secret.</summary>
internal static class KeyPage
{
    /// <summary>A line for each thing.</summary>
    public static string Of(ApiKey key, DateTimeOffset now) => string.Join(Environment.NewLine, Lines(key, now).Select(static line => $"{line.What,-12} {line.How}"));

    public static string State(ApiKey key, DateTimeOffset now) => key.StateAt(now).ToString().ToLowerInvariant();

    public static string LastUse(ApiKey key) => key.LastUsed is { } used ? used.UtcDateTime.ToString("yyyy-MM-dd HH:00", CultureInfo.InvariantCulture) : "never";

    public static string Limits(ApiKey key) => string.Join(", ", new[]
    {
        key.RequestsPerSecond is { } requests ? $"{requests}/s" : null,
        key.Sessions is { } sessions ? $"{sessions} session{(sessions == 1 ? "" : "s")}" : null,
        key.CallsPerMinute is { } calls ? $"{calls} calls/min" : null,
        key.WritesPerMinute is { } writes ? $"{writes} changes/min" : null,
    }.OfType<string>()) is { Length: > 0 } limits ? limits : "none";

    private static (string What, string How)[] Lines(ApiKey key, DateTimeOffset now) =>
    [
        ("id", key.Id),
        ("name", key.Name),
        ("caller", key.Caller.Name),
        ("state", State(key, now) + (key.EndsSoon(now) ? $", but not for long: hypergate keys rotate {key.Name}" : "")),
        ("roles", string.Join(", ", key.Roles)),
        ("read only", key.ReadOnly == true ? "yes" : "no"),
        ("backends", Listed(key.Backends)),
        ("surfaces", Listed(key.Surfaces)),
        ("networks", Listed(key.Networks)),
        ("limits", Limits(key)),
        ("credentials", key.Credentials is { } own ? string.Join(", ", own.Select(static pair => $"{pair.Key}={pair.Value}")) : "the gateway's own"),
        ("created", key.CreatedBy.Length > 0 ? $"{Moment(key.Created)} by {key.CreatedBy}" : Moment(key.Created)),
        ("expires", key.Expires is { } end ? Moment(end) : "never"),
        ("last used", LastUse(key)),
        .. key.Disabled is { } disabled ? [("disabled", Moment(disabled))] : Array.Empty<(string, string)>(),
        .. key.Revoked is { } revoked ? [("revoked", Moment(revoked))] : Array.Empty<(string, string)>(),
    ];

    private static string Listed(IReadOnlyList<string>? names) => names is null ? "all" : string.Join(", ", names);

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
