using System.Globalization;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.Server;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.PxCloud.Validation;

/// <summary>Whether a request fits its operation: query, headers, body.</summary>
internal static class CallCheck
{
    /// <exception cref="PxError">422 with the first thing that is wrong.</exception>
    public static void Check(Entry entry, IReadOnlyDictionary<string, string[]> query, IHeaderDictionary headers, JsonNode? body)
    {
        foreach (var field in entry.Query)
        {
            Check(field, query.GetValueOrDefault(field.Name), "query");
        }

        foreach (var field in entry.Headers)
        {
            Check(field, headers.TryGetValue(field.Name, out var values) ? [values.ToString()] : null, "header");
        }

        if (entry.Body is { } schema && !entry.Flags.Contains("multipart") && ValueCheck.Problem(schema, body, "body") is { } problem)
        {
            throw PxError.Invalid($"{problem}.");
        }
    }

    private static void Check(TypeField field, string[]? values, string place)
    {
        if (values is null)
        {
            if (field.IsRequired)
            {
                throw PxError.Invalid($"The {place} parameter {field.Name} is missing.");
            }

            return;
        }

        var isList = field.Schema["type"] is JsonValue type && type.GetValue<string>() == "array";
        var schema = isList ? (JsonObject)field.Schema["items"]! : field.Schema;
        if (values.Select(value => ValueCheck.Problem(schema, Typed(schema, value), $"{place}.{field.Name}")).FirstOrDefault(static problem => problem is not null) is { } wrong)
        {
            throw PxError.Invalid($"{wrong}.");
        }
    }

    private static JsonValue Typed(JsonObject schema, string text) => schema["type"]?.ToString() switch
    {
        "integer" when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        "boolean" when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
        _ => JsonValue.Create(text),
    };
}
