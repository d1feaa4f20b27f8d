using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>The named types of schemas.txt.</summary>
internal static class PxSchemas
{
    private const string References = "#/components/schemas/";

    public static JsonObject All { get; } = Read();

    /// <summary>What a reference means, or the schema itself.</summary>
    public static JsonObject Follow(JsonObject schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? (JsonObject)All[reference[References.Length..]]! : schema;

    private static JsonObject Read()
    {
        var all = new JsonObject();
        foreach (var line in Notation.Lines("schemas.txt"))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            var type = line[(end + 1)..];
            all[line[..end]] = TypeNotation.Read(type.StartsWith("= ", StringComparison.Ordinal) ? type[2..] : type);
        }

        return all;
    }
}
