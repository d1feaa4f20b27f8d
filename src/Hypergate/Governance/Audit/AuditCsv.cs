using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>Records as lines of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe in front.</summary>
public static class AuditCsv
{
    private static readonly string[] Columns =
    [
        "seq", "time", "phase", "call", "parent", "trace", "caller", "roles", "authenticated_by", "address", "client", "surface", "tool", "backend", "operation", "access", "arguments",
        "args_hash", "target", "objects", "decision", "rule", "consent", "outcome", "status", "detail", "duration_ms", "bytes", "sent", "bytes_out", "attempts", "result", "hash",
    ];

    public static string Head => string.Join(',', Columns);

    public static string Line(JsonElement record) => string.Join(',', Columns.Select(column => Cell(record.TryGetProperty(column, out var value) ? Text(value) : "")));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join("; ", value.EnumerateArray().Select(static item => item.ToString())),
        JsonValueKind.Object => value.GetRawText(),
        _ => value.ToString(),
    };

    private static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
