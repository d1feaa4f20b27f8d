using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>What is said of a value of the wrong type.</summary>
internal static class SchemaTypeFault
{
    public static Finding For(JsonElement schema, IReadOnlyList<string> wanted, JsonElement value, ValuePath path)
    {
        var format = Keyword.Text(schema, "format") is { } name && wanted.Any(static type => type != "null") ? $" ({ValueText.Cut(name, 30)})" : "";
        return Of(wanted, format, value, path);
    }

    /// <summary>For several schemas of which each wants another type.</summary>
    public static Finding Of(IReadOnlyList<string> wanted, string format, JsonElement value, ValuePath path) =>
        new(path, FaultKind.Type, $"must be {Words.Or(wanted)}{format}") { Actual = ValueText.Describe(value), Types = wanted };
}
