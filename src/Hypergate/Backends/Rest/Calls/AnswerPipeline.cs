using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Makes of a platform's value what callers see: transformed, without what nobody may see, filtered, cut.</summary>
/// <param name="transform">Runs jq programs; null where there is no engine.</param>
/// <param name="passesFailedTransforms">Whether a tool's own transform may be left out where it fails.</param>
internal sealed class AnswerPipeline(JsonTransform? transform, bool passesFailedTransforms)
{
    private const string Hidden = "[REDACTED]";
    private const int MostForScripts = 10_000;

    /// <summary>The part of the body that is the result; undefined where it is not there and what must be hidden is told of it.</summary>
    public static JsonElement Select(JsonElement body, ResponseRules rules, List<string> notices)
    {
        if (rules.ResultPath is not { } text || !JsonPath.TryParse(text, out var path))
        {
            return body;
        }

        if (path.TryFind(body, out var value))
        {
            return value;
        }

        if (rules.Redact.Count > 0)
        {
            notices.Add($"result_path {text} not found; the answer is not shown, because the paths of what must be hidden begin there");
            return default;
        }

        notices.Add($"result_path {text} not found; this is the whole answer");
        return body;
    }

    /// <summary>Everything after the selection.</summary>
    /// <returns>The value, or why there is none.</returns>
    public async Task<(JsonElement Value, CallError? Error)> FinishAsync(Call call, JsonElement value, bool isJson, bool isStream, List<string> notices, CancellationToken cancellationToken)
    {
        var rules = call.Operation.Rules!;
        if (isJson && rules.Response.Transform is { } program)
        {
            var (outputs, error) = await RunAsync(program, value, cancellationToken);
            // An empty answer, such as that to a DELETE, hides nothing: what a program cannot make of it is nothing.
            if (error is not null && value.ValueKind != JsonValueKind.Undefined && (rules.Response.IsDefaultTransform || !passesFailedTransforms))
            {
                return (default, new CallError("transform_failed", $"The transform of {call.Operation.Name} failed: {error}"));
            }

            value = error is null ? outputs : value;
        }

        if (rules.Response.Redact.Count > 0)
        {
            if (!isJson)
            {
                return (default, new CallError("transform_failed", "The answer is not JSON, so that what must be hidden in it cannot be found"));
            }

            value = Redact(value, isStream ? [.. rules.Response.Redact, .. rules.Response.Redact.SelectMany(InEvents)] : rules.Response.Redact);
        }

        if (rules.FilterArgument is { } argument && call.Arguments.TryGetProperty(argument, out var filter) && filter.ValueKind == JsonValueKind.String)
        {
            var (outputs, error) = await RunAsync("\n" + filter.GetString(), value, cancellationToken);
            if (error is not null)
            {
                return (default, new CallError("invalid_input", $"{argument}: {error}"));
            }

            value = outputs;
        }

        return (Cut(value, call.Parent.Length == 0 ? rules.Response.MostItems : MostForScripts, notices), null);
    }

    private async Task<(JsonElement Value, string? Error)> RunAsync(string program, JsonElement value, CancellationToken cancellationToken)
    {
        if (transform is null)
        {
            return (default, "it needs Node.js 20 or later");
        }

        var input = JsonSerializer.SerializeToUtf8Bytes(value.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null") : value, ModelJson.Default.JsonElement);
        var result = await transform(program, input, cancellationToken);
        if (result.Error is { } error)
        {
            return (default, error);
        }

        return result.Outputs is [var only]
            ? (JsonElement.Parse(only.Span), null)
            : (JsonLists.Of(result.Outputs.Select(static output => JsonElement.Parse(output.Span))), null);
    }

    // Each event is an answer of its own, and so is each line.
    private static IEnumerable<string> InEvents(string path) => [$"$[*]{path[1..]}", $"$[*].data{path[1..]}"];

    private static JsonElement Redact(JsonElement value, IReadOnlyList<string> paths)
    {
        var steps = paths.Select(static path => JsonPath.TryParse(path, out var parsed) ? parsed.Steps : null).OfType<IReadOnlyList<JsonPathStep>>().ToList();
        return JsonLists.Write(writer => Write(writer, value, steps, 0));
    }

    // The paths that lead on from here, each by its next step.
    private static void Write(Utf8JsonWriter writer, JsonElement value, List<IReadOnlyList<JsonPathStep>> paths, int depth)
    {
        if (paths.Exists(path => path.Count == depth))
        {
            writer.WriteStringValue(Hidden);
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when paths.Count > 0:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, paths.FindAll(path => path[depth].Name == property.Name), depth + 1);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when paths.Count > 0:
                writer.WriteStartArray();
                var (index, count) = (0, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    var place = index++;
                    Write(writer, item, paths.FindAll(path => path[depth] is { Name: null } step && (step.IsAll || step.Index == place || step.Index == place - count)), depth + 1);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static JsonElement Cut(JsonElement value, int? most, List<string> notices)
    {
        if (most is not { } limit)
        {
            return value;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.GetArrayLength() <= limit ? value : Shortened(value, limit, notices);
        }

        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count(static property => property.Value.ValueKind == JsonValueKind.Array) != 1)
        {
            return value;
        }

        var list = value.EnumerateObject().First(static property => property.Value.ValueKind == JsonValueKind.Array);
        if (list.Value.GetArrayLength() <= limit)
        {
            return value;
        }

        var cut = Shortened(list.Value, limit, notices);
        return JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var property in value.EnumerateObject())
            {
                writer.WritePropertyName(property.Name);
                (property.Name == list.Name ? cut : property.Value).WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    private static JsonElement Shortened(JsonElement list, int limit, List<string> notices)
    {
        notices.Add($"{limit} of {list.GetArrayLength()} shown; narrow the question, or page");
        return JsonLists.Of(list.EnumerateArray().Take(limit));
    }
}
