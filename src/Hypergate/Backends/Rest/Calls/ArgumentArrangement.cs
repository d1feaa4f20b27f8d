using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Brings arguments under their names, converts them where nothing is lost, leaves out what says nothing, and puts defaults in.</summary>
internal static class ArgumentArrangement
{
    public static JsonElement Of(Operation operation, JsonElement arguments)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
        {
            given[NameOf(operation, argument.Name)] = argument.Value;
        }

        var hasWholeBody = operation.Rules!.BodyArgument is { } whole && given.ContainsKey(whole);
        return JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var parameter in operation.Parameters)
            {
                if (given.Remove(parameter.Name, out var value))
                {
                    Write(writer, operation, parameter, value);
                }
                else if (parameter.Schema.TryGetProperty("default", out var standard) && !(hasWholeBody && parameter.Place == ParameterPlace.Body))
                {
                    writer.WritePropertyName(parameter.Name);
                    standard.WriteTo(writer);
                }
            }

            foreach (var (name, value) in given)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    // The platform's own name is as good as the one that is shown.
    private static string NameOf(Operation operation, string name) =>
        operation.Parameters.Any(parameter => parameter.Name == name)
            ? name
            : operation.Parameters.FirstOrDefault(parameter => parameter.Wire?.Name == name)?.Name ?? name;

    private static void Write(Utf8JsonWriter writer, Operation operation, Parameter parameter, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null && !SendsNull(operation, parameter))
        {
            // Absent, but for a path, which the check then finds missing.
            return;
        }

        writer.WritePropertyName(parameter.Name);
        Converted(parameter.Schema, value).WriteTo(writer);
    }

    private static bool SendsNull(Operation operation, Parameter parameter) =>
        parameter.Place == ParameterPlace.Body && MediaType.IsJson(operation.Rules!.BodyType);

    private static JsonElement Converted(JsonElement schema, JsonElement value)
    {
        var type = schema.TryGetProperty("type", out var declared) && declared.ValueKind == JsonValueKind.String ? declared.GetString() : null;
        return (type, value.ValueKind) switch
        {
            ("integer", JsonValueKind.String) => IsDigits(value.GetString()!) ? JsonElement.Parse(value.GetString()!) : NumberIn(value.GetString()!) is { } number && Whole(number) is var whole && IsDigits(whole.GetRawText()) ? whole : value,
            ("integer", JsonValueKind.Number) => Whole(value),
            ("number", JsonValueKind.String) => NumberIn(value.GetString()!) ?? value,
            ("boolean", JsonValueKind.String) when value.GetString() is "true" or "false" => JsonElement.Parse(value.GetString()!),
            ("string", JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => JsonLists.Text(value.GetRawText()),
            ("array", JsonValueKind.String) when value.GetString()!.TrimStart().StartsWith('[') => Parsed(value, JsonValueKind.Array),
            ("array", JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => JsonLists.Of([value]),
            ("object", JsonValueKind.String) when value.GetString()!.TrimStart().StartsWith('{') => Parsed(value, JsonValueKind.Object),
            _ => value,
        };
    }

    private static bool IsDigits(string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0');
    }

    // 12.0 is 12, whatever wrote it.
    private static JsonElement Whole(JsonElement value) => Numbers.Whole(value.GetRawText()) is { } digits ? JsonElement.Parse(digits) : value;

    private static JsonElement? NumberIn(string text)
    {
        try
        {
            return JsonElement.Parse(text) is { ValueKind: JsonValueKind.Number } number ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Parsed(JsonElement value, JsonValueKind wanted)
    {
        try
        {
            return JsonElement.Parse(value.GetString()!) is var parsed && parsed.ValueKind == wanted ? parsed : value;
        }
        catch (JsonException)
        {
            return value;
        }
    }
}
