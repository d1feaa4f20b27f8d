using System.Text.Json;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tools;

/// <summary>What a caller gave for an operation, told apart: for the platform, for the shape of the answer, for the call.</summary>
internal sealed class CallArguments
{
    private readonly Dictionary<string, JsonElement> _forPlatform = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _own = new(StringComparer.Ordinal);

    private static readonly JsonElement Null = JsonElement.Parse("null");

    private CallArguments()
    {
    }

    /// <summary>What goes through the pipeline: one property for each parameter, and <c>body</c>.</summary>
    public JsonElement ForPlatform => ToElement(_forPlatform);

    /// <summary>Sorts the arguments of a request; what the operation does not know stays in for the pipeline to refuse.</summary>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="operation">What they are for.</param>
    /// <param name="consumed">Names that have done their work: which backend, which operation.</param>
    public static CallArguments Sort(JsonElement arguments, Operation operation, params IReadOnlyList<string> consumed)
    {
        var sorted = new CallArguments();
        var own = OwnArguments.For(operation).ToHashSet(StringComparer.Ordinal);
        foreach (var argument in arguments.EnumerateObject())
        {
            if (consumed.Contains(argument.Name) || (argument.Value.ValueKind == JsonValueKind.Null && !MayBeNull(operation, argument.Name)))
            {
                continue; // Many clients spell "not given" as null.
            }

            var target = own.Contains(argument.Name) ? sorted._own : sorted._forPlatform;
            target[argument.Name] = argument.Value;
        }

        return sorted;
    }

    // A field of a body by itself: null clears it.
    private static bool MayBeNull(Operation operation, string name) =>
        operation.Parameters.Any(parameter => parameter.Place == ParameterPlace.Body && parameter.Name == name
            && (operation.Rules is not null || JsonSchemaCheck.Check(parameter.Schema, Null).Count == 0));

    /// <summary>How the caller wants to see the answer.</summary>
    public AnswerWish Wish => new()
    {
        Fields = [.. (Text(OwnArguments.Fields) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        Sort = Text(OwnArguments.Sort),
        Offset = Number(OwnArguments.Offset) ?? 0,
        Limit = Number(OwnArguments.Limit),
        Cursor = Text(OwnArguments.Cursor),
        Format = Text(OwnArguments.Format),
    };

    /// <summary>Puts in what the platform shall get though the caller did not say so.</summary>
    public void Set(string name, string value) => _forPlatform[name] = JsonSerializer.SerializeToElement(value, ToolJson.Default.String);

    public void Set(string name, int value) => _forPlatform[name] = JsonSerializer.SerializeToElement(value, ToolJson.Default.Int32);

    public string? Text(string name) => _own.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public int? Number(string name) => _own.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    public bool? Flag(string name) => _own.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    /// <summary>What is wrong with the gateway's own arguments; null where nothing is.</summary>
    public string? Fault()
    {
        foreach (var (name, value) in _own)
        {
            var faults = JsonSchemaCheck.Check(OwnArguments.Schemas[name], value);
            if (faults.Count > 0)
            {
                return $"'{name}' {faults[0].Problem.TrimEnd('.')}. Nothing was sent.";
            }
        }

        return Text(OwnArguments.Format) is { } format ? Fault(format) : null;
    }

    private string? Fault(string format)
    {
        if (!AnswerFormat.Exists(format))
        {
            return $"'format' is one of {string.Join(", ", AnswerFormat.Names)}, not '{format}'. Nothing was sent.";
        }

        return AnswerFormat.IsPassthrough(format) && OwnArguments.OfPages.FirstOrDefault(_own.ContainsKey) is { } name
            ? $"'{name}' does not go with format passthrough, which relays the platform's own table: use another format. Nothing was sent."
            : null;
    }

    private static JsonElement ToElement(Dictionary<string, JsonElement> values) => ToolSchema.Write(writer =>
    {
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    });
}
