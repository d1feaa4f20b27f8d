using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results.Objects;
using Hypergate.Results.Relay;
using Hypergate.Results.Secrets;
using Hypergate.Results.Statistics;
using Hypergate.Results.Tables;

namespace Hypergate.Results;

/// <summary>
/// Turns what a platform answered into what a caller sees: cleaned, redacted, within the budget. Pure; one instance serves one
/// backend, from any thread.
/// </summary>
/// <param name="rules">What this kind of backend hides.</param>
/// <param name="scrubber">The secrets of this process.</param>
/// <param name="nearest">Finds the known name that was probably meant, or null.</param>
public sealed class ResultShaper(RedactionRules rules, SecretScrubber scrubber, Func<string, IEnumerable<string>, string?> nearest)
{
    private readonly FieldWarnings _fieldWarnings = new(nearest);
    private readonly Redaction _redaction = new(rules, scrubber);

    /// <summary>The same for those who may see the platform's secrets.</summary>
    public ResultShaper Revealing() => new(rules.Revealing(), scrubber, nearest);

    /// <summary>A JSON array as a page of a table; any other value as a single one.</summary>
    /// <exception cref="ArgumentException">The shape has a <see cref="ListShape.Problem"/>; the message is for the caller.</exception>
    public RenderedAnswer List(JsonElement list, ListShape shape) => list.ValueKind == JsonValueKind.Array
        ? ListAnswer.Render(list, shape, Redact(shape.Fields), _fieldWarnings)
        : One(list, AsObject(shape));

    /// <summary>A single object; an array that comes unexpectedly is a list with all its fields.</summary>
    public RenderedAnswer One(JsonElement value, ObjectShape shape) => value.ValueKind == JsonValueKind.Array
        ? List(value, new() { Fields = shape.Fields, Budget = shape.Budget, Format = shape.Format, Structured = shape.Structured, Warnings = shape.Warnings, KeepsOrder = shape.KeepsOrder })
        : ObjectAnswer.Render(value, shape, Redact(shape.Fields));

    /// <summary>A document of long series of numbers, each summarised.</summary>
    public RenderedAnswer Statistics(JsonElement document, ObjectShape shape) =>
        StatisticsAnswer.Render(document, shape, Redact(shape.Fields));

    /// <summary>The whole value, cleaned and redacted, for a program and not for a model; null where it is longer than the most bytes.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="asked">The fields that the caller named.</param>
    /// <param name="mostBytes">Of its JSON.</param>
    public JsonElement? Whole(JsonElement value, IReadOnlyList<string> asked, int mostBytes)
    {
        using var json = new SafeJson(Redact(asked), Limits.None, mostBytes);
        json.Write(value);
        return json.IsFull ? null : json.ToElement();
    }

    /// <summary>A Markdown text that the platform rendered itself, relayed with the same care as its data.</summary>
    /// <param name="markdown">As the platform sent it.</param>
    /// <param name="asked">The fields that the caller named.</param>
    /// <param name="budget">The most characters, but for a line that tells of more.</param>
    public RenderedAnswer Relay(string markdown, IReadOnlyList<string> asked, int budget) => RelayedText.Render(markdown, budget, Redact(asked));

    private Redaction Redact(IReadOnlyList<string> asked) => _redaction.DependsOn(asked) ? new(rules, scrubber, asked) : _redaction;

    private static ObjectShape AsObject(ListShape shape) =>
        new() { Fields = shape.Fields, Budget = shape.Budget, Format = shape.Format, Structured = shape.Structured, Warnings = shape.Warnings };
}
