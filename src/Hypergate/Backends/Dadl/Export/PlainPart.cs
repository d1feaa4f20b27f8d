using System.Text.Json;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>
/// A parameter for platforms that read every argument as a field of a form: yes and no as 1 and 0, objects as texts of settings, lists inside
/// such a text by commas.
/// </summary>
internal static class PlainPart
{
    public static ExportPart Of(DadlParameter about, BackendKind kind) => about.Type switch
    {
        "boolean" => new(StyledParts.Typed(about, "integer", "1 or 0"), Conversions.Flag),
        "array" => new(about, value => Conversions.Typed("array", isText: true)(value.ValueKind == JsonValueKind.Array ? JsonLists.Of(value.EnumerateArray().Select(kind.Encoding.QueryValue)) : kind.Encoding.QueryValue(value))),
        "object" or "string" => new(about with { Type = "string" }, value => Conversions.Typed("string", isText: true)(about.Place == ParameterPlace.Body ? Joined(value, kind) : kind.Encoding.QueryValue(value))),
        var type => new(about, Conversions.Typed(type, isText: true)),
    };

    private static JsonElement Joined(JsonElement value, BackendKind kind) => value.ValueKind == JsonValueKind.Array
        ? JsonLists.Text(string.Join(',', value.EnumerateArray().Select(item => kind.Encoding.QueryValue(item).ToString())))
        : kind.Encoding.QueryValue(value);
}
