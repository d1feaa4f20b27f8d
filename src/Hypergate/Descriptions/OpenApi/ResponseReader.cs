using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Reads what a successful answer holds.</summary>
internal sealed class ResponseReader(ReadingContext context)
{
    private readonly ItemFields _itemFields = new(context.References);

    /// <summary>The shape of the answer; for lists the fields of their objects, and which to ask for by default.</summary>
    public ResponseFacts Read(Route route, JsonElement operation, IReadOnlyList<string> parameterNames)
    {
        var successes = Successes(operation);
        if (route.Method == "GET" && RoutePattern.FitsAny(context.Rules.StatisticsRoutes, route.Path))
        {
            return new ResponseFacts(ResultShape.Statistics, [], []);
        }

        var content = successes.Select(static success => MediaTypes.Json(success.Response)).FirstOrDefault(static json => json is not null);
        var fields = content is { } media && media.TryGetProperty("schema", out var schema) ? _itemFields.Of(Inside(schema)) : null;
        var lists = context.Rules.Lists;
        if (lists?.Markers.Any(Takes) == true || fields is { IsAlwaysList: true })
        {
            var takesFields = lists is not null && Takes(lists.FieldsParameter);
            return ListOf(fields?.Names ?? [], takesFields ? lists : null, content);
        }

        var isEmpty = successes.Count > 0 && successes.TrueForAll(static success => success.Status is "204" or "205");
        return new ResponseFacts(isEmpty ? ResultShape.Nothing : ResultShape.One, [], []);

        bool Takes(string name) => parameterNames.Contains(name, StringComparer.Ordinal);
    }

    // The value's own schema, where the answer's is only what the platform puts around it.
    private JsonElement Inside(JsonElement schema)
    {
        if (context.Rules.Envelope is not { } envelope || Properties(schema) is not { } properties || !properties.TryGetProperty(envelope.Value, out var value))
        {
            return schema;
        }

        return properties.EnumerateObject().All(property => envelope.Words.Contains(property.Name)) ? value : schema;
    }

    private JsonElement? Properties(JsonElement schema)
    {
        try
        {
            return context.References.Follow(schema) is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : null;
        }
        catch (UnusableOperationException)
        {
            return null;
        }
    }

    /// <summary>The media type, where the only answers are neither JSON nor text.</summary>
    public string? OnlyBinary(JsonElement operation)
    {
        var contents = Successes(operation).FindAll(static success => MediaTypes.HasAny(success.Response));
        var binary = contents.ConvertAll(static success => MediaTypes.OnlyBinary(success.Response));
        return binary.TrueForAll(static type => type is not null) ? binary.FirstOrDefault() : null;
    }

    private List<(string Status, JsonElement Response)> Successes(JsonElement operation)
    {
        if (!operation.TryGetProperty("responses", out var responses) || responses.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return [.. responses.EnumerateObject()
            .Where(static response => response.Name is ['2', ..])
            .Select(response => (response.Name, context.References.Follow(response.Value)))];
    }

    // The schemas of real documents forget fields that their own examples show.
    private ResponseFacts ListOf(IReadOnlyList<string> inSchema, ListRules? lists, JsonElement? content)
    {
        IEnumerable<string> unasked = context.Rules.Lists?.Unasked ?? [];
        List<string> inExample = FirstExampleObject(content) is { } example
            ? [.. example.EnumerateObject().Select(static property => property.Name).Where(ItemFields.IsGoodName)]
            : [];
        List<string> known = [.. inSchema.Union(inExample, StringComparer.Ordinal).Except(unasked, StringComparer.Ordinal)];
        if (lists is null)
        {
            return new ResponseFacts(ResultShape.List, known, []);
        }

        var wished = inExample.Count > 0 ? inExample : lists.Fallback.Where(known.Contains);
        List<string> defaults = [.. wished.Except(unasked, StringComparer.Ordinal)];
        if (lists.Always is { } always && !defaults.Contains(always) && (known.Count == 0 || known.Contains(always)))
        {
            defaults.Add(always);
        }

        return new ResponseFacts(ResultShape.List, known, defaults);
    }

    private JsonElement? FirstExampleObject(JsonElement? content)
    {
        if (content is not { } media)
        {
            return null;
        }

        foreach (var example in Examples.All(media, context.References))
        {
            if (example.ValueKind == JsonValueKind.Array && example.GetArrayLength() > 0
                && example[0].ValueKind == JsonValueKind.Object)
            {
                return example[0];
            }
        }

        return null;
    }
}

/// <summary>What is known of a successful answer.</summary>
internal sealed record ResponseFacts(
    ResultShape Shape,
    IReadOnlyList<string> KnownFields,
    IReadOnlyList<string> DefaultFields);
