using System.Text.Json;

namespace Hypergate.Tests.Security;

/// <summary>The files of <c>Payloads/</c>: lines of columns divided by tabs, comments begin with a number sign.</summary>
internal static class PayloadFile
{
    public static IReadOnlyList<string[]> Read(string name) =>
    [
        .. File.ReadLines(Repository.Path("tests", "Hypergate.Tests", "Security", "Payloads", name))
            .Where(line => line is not ['#', ..])
            .Select(line => line.Split('\t')),
    ];

    /// <summary>A payload: a JSON text, or an object with <c>repeat</c> and <c>times</c>.</summary>
    public static string Text(string json)
    {
        var payload = JsonDocument.Parse(json).RootElement;
        return payload.ValueKind == JsonValueKind.String
            ? payload.GetString()!
            : string.Concat(Enumerable.Repeat(payload.GetProperty("repeat").GetString(), payload.GetProperty("times").GetInt32()));
    }
}
