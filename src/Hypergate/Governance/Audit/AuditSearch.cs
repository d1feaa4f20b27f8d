using System.Text;
using System.Text.Json;

namespace Hypergate.Governance.Audit;

/// <summary>Finds records, oldest first, in bounded memory. Does not verify them: that is <see cref="AuditVerifier"/>'s work.</summary>
public static class AuditSearch
{
    /// <param name="folder">The folder of an <see cref="AuditLog"/>.</param>
    /// <param name="filter">What is looked for.</param>
    /// <returns>Each line as it is in the file, and its content; what is no record is left out.</returns>
    public static IEnumerable<(string Line, JsonElement Record)> Find(string folder, AuditFilter filter)
    {
        var files = new AuditFolder(folder);
        var parent = Encoding.UTF8.GetBytes(filter.Parent ?? ""); // Most lines are of no run at all, and need not be understood.
        foreach (var segment in files.Segments())
        {
            var path = files.SegmentPath(segment);
            if (filter.Since is { } since && File.GetLastWriteTimeUtc(path) < since.UtcDateTime)
            {
                continue;
            }

            foreach (var line in AuditLines.Read(path).Where(line => line.IsWhole && (parent.Length == 0 || line.Bytes.Span.IndexOf(parent) >= 0)))
            {
                if (Parse(line.Bytes) is { } record && filter.Fits(record))
                {
                    yield return (Encoding.UTF8.GetString(line.Bytes.Span), record);
                }
            }
        }
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonElement.Parse(line.Span) is { ValueKind: JsonValueKind.Object } record ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
