using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hypergate.Tests.Simulator.ProxmoxVe.Replay;

/// <summary>An answer beside the recorded one: by value, apart from what belongs to the moment of the recording.</summary>
internal sealed partial class AnswerComparison(JsonObject pair, PveReply reply)
{
    private static readonly string[] ListKeys = ["vmid", "id", "volid", "upid", "userid", "poolid", "storage", "iface", "key", "name", "realm", "ugid", "subdir"];

    private static readonly HashSet<string> Plausible =
    [
        "uptime", "cpu", "mem", "memhost", "netin", "netout", "diskread", "diskwrite", "freemem", "used", "avail", "total", "used_fraction", "pid", "pstart",
        "starttime", "endtime", "ctime", "snaptime", "time", "last_update", "free_mem", "balloon", "actual",
    ];

    private static readonly HashSet<string> ShapeOnly =
    [
        "digest", "vmgenid", "smbios1", "meta", "ticket", "CSRFPreventionToken", "ssl_fingerprint", "ballooninfo",
    ];

    /// <summary>Null where the answers are alike.</summary>
    public string? Difference()
    {
        if (reply.Status != pair["status"]!.GetValue<int>())
        {
            return $"status {reply.Status} in the place of {pair["status"]}: {reply.Text}";
        }

        if (reply.Status >= 400 && reply.Response.ReasonPhrase != pair["reason"]!.GetValue<string>())
        {
            return $"reason '{reply.Response.ReasonPhrase}' in the place of '{pair["reason"]}'";
        }

        if (reply.ContentType?.Replace(" ", "", StringComparison.Ordinal) != pair["contentType"]?.GetValue<string>())
        {
            return $"content type {reply.ContentType}";
        }

        var recorded = pair["response"];
        if (recorded is JsonValue text)
        {
            return text.GetValue<string>() == reply.Text ? null : $"body '{reply.Text}'";
        }

        return pair["artefact"] is not null ? null : Difference(recorded, reply.Json, "");
    }

    private string? Difference(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => Fields(left, right, path),
        (JsonArray left, JsonArray right) => Items(left, right, path),
        (null, null) => null,
        (JsonValue left, JsonValue right) => Value(left, right, path),
        _ => $"{path}: {actual?.ToJsonString() ?? "null"} in the place of {expected?.ToJsonString() ?? "null"}",
    };

    private string? Fields(JsonObject expected, JsonObject actual, string path)
    {
        var missing = expected.Select(static field => field.Key).Except(actual.Select(static field => field.Key)).ToList();
        var extra = actual.Select(static field => field.Key).Except(expected.Select(static field => field.Key)).ToList();
        if (missing.Count + extra.Count > 0)
        {
            return $"{path}: missing {string.Join(' ', missing)}; extra {string.Join(' ', extra)}";
        }

        return expected.Select(field => Known(field.Key, field.Value, actual[field.Key], $"{path}/{field.Key}")).FirstOrDefault(static difference => difference is not null);
    }

    private string? Known(string name, JsonNode? expected, JsonNode? actual, string path)
    {
        if (Plausible.Contains(name) || name.StartsWith("pressure", StringComparison.Ordinal))
        {
            return actual is JsonValue && actual.GetValueKind() == expected!.GetValueKind() && double.Parse(actual.ToString(), CultureInfo.InvariantCulture) >= 0
                ? null
                : $"{path}: {actual?.ToJsonString()}";
        }

        return ShapeOnly.Contains(name)
            ? expected?.GetValueKind() == actual?.GetValueKind() ? null : $"{path}: {actual?.ToJsonString()}"
            : Difference(expected, actual, path);
    }

    private string? Items(JsonArray expected, JsonArray actual, string path)
    {
        if (pair["path"]!.GetValue<string>().Contains("/rrddata", StringComparison.Ordinal))
        {
            return Series(expected, actual);
        }

        if (expected.Count != actual.Count)
        {
            return $"{path}: {actual.Count} items in the place of {expected.Count}: {actual.ToJsonString()}";
        }

        return Sorted(expected, path).Zip(Sorted(actual, path)).Select((items, index) => Difference(items.First, items.Second, $"{path}/{index}")).FirstOrDefault(static difference => difference is not null);
    }

    // As many points in the same steps, and some of them with the same fields.
    private static string? Series(JsonArray expected, JsonArray actual)
    {
        static string Fields(JsonArray rows) => string.Join(' ', ((JsonObject)rows.MaxBy(static row => ((JsonObject)row!).Count)!).Select(static field => field.Key).Order(StringComparer.Ordinal));
        static long Step(JsonArray rows) => rows[1]!["time"]!.GetValue<long>() - rows[0]!["time"]!.GetValue<long>();
        return expected.Count == actual.Count && Step(expected) == Step(actual) && Fields(expected) == Fields(actual)
            ? null
            : $"{actual.Count} points with {Fields(actual)} in the place of {expected.Count} with {Fields(expected)}";
    }

    // Tasks, snapshots and logs come in order; other lists are sets.
    private IEnumerable<JsonNode?> Sorted(JsonArray items, string path)
    {
        var address = pair["path"]!.GetValue<string>();
        if (items.Count == 0 || items[0] is not JsonObject || address.Contains("/tasks", StringComparison.Ordinal) || address.EndsWith("/snapshot", StringComparison.Ordinal))
        {
            return path.EndsWith("allowed-tags", StringComparison.Ordinal) ? items.OrderBy(static item => item!.ToString(), StringComparer.Ordinal) : items;
        }

        return items.OrderBy(static item => string.Join('|', ListKeys.Select(key => ((JsonObject)item!)[key]?.ToString() ?? "")), StringComparer.Ordinal);
    }

    private static string? Value(JsonValue expected, JsonValue actual, string path)
    {
        if (expected.GetValueKind() != actual.GetValueKind())
        {
            return Same(path, expected, actual);
        }

        if (expected.GetValueKind() == JsonValueKind.Number)
        {
            return Math.Abs(expected.GetValue<double>() - actual.GetValue<double>()) < 1e-9 ? null : Same(path, expected, actual);
        }

        var (left, right) = (Neutral(expected.ToString(), path), Neutral(actual.ToString(), path));
        return left == right ? null : Same(path, expected, actual);
    }

    private static string Same(string path, JsonValue expected, JsonValue actual) => $"{path}: {actual.ToJsonString()} in the place of {expected.ToJsonString()}";

    // Ids of tasks and jobs, addresses and times that were made up on the way; content lists are sets.
    private static string Neutral(string text, string path)
    {
        text = Upid().Replace(text, "UPID:${node}:${type}:${id}:${user}:");
        text = Uuid().Replace(text, "uuid");
        text = Sha().Replace(text, "digest");
        text = path.Contains("net", StringComparison.Ordinal) ? Mac().Replace(text, "mac") : text;
        text = Stamp().Replace(text, "time");
        return path.EndsWith("/content", StringComparison.Ordinal) ? string.Join(',', text.Split(',').Order(StringComparer.Ordinal)) : text;
    }

    [GeneratedRegex("UPID:(?<node>[^:]+):[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:(?<type>[^:]+):(?<id>[^:]*):(?<user>[^:]+):", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Upid();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Uuid();

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Sha();

    [GeneratedRegex("[0-9A-F]{2}(:[0-9A-F]{2}){5}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mac();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Stamp();
}
