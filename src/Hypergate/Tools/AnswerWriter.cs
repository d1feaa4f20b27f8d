using System.Text.Json;
using Hypergate.Model;
using Hypergate.Results;
using Hypergate.Results.Objects;
using Hypergate.Results.Tables;

namespace Hypergate.Tools;

/// <summary>Turns outcomes into what a caller sees, by the operation's shape and the caller's wish.</summary>
/// <param name="shapers">What is hidden and cleaned, by backend.</param>
/// <param name="settings">Format and budget where the caller names none.</param>
internal sealed class AnswerWriter(IReadOnlyDictionary<string, ResultShaper> shapers, OutputSettings settings)
{
    private const string Unreadable = "The platform answered without content.";

    /// <summary>The same with another format and budget.</summary>
    public AnswerWriter With(OutputSettings other) => new(shapers, other);

    /// <summary>The same for callers who may see the secrets of some platforms.</summary>
    /// <param name="maySee">By the backend's name.</param>
    public AnswerWriter Revealing(Func<string, bool> maySee) =>
        new(shapers.ToDictionary(static pair => pair.Key, pair => maySee(pair.Key) ? pair.Value.Revealing() : pair.Value, StringComparer.Ordinal), settings);

    /// <summary>What to ask the platform for so that the wish can be met; null where the operation takes no fields.</summary>
    public static string? FieldsToRead(Operation operation, AnswerWish wish) =>
        operation.Parameters.Any(parameter => parameter.Name == OwnArguments.Fields && OwnArguments.ShapesLists(operation, parameter))
            ? string.Join(',', wish.Passthrough ? Fields(operation, wish) : List(operation, wish).FieldsToRequest)
            : null;

    /// <summary>What is wrong with the wish; null where it can be met. Nothing has been sent by then.</summary>
    public static string? Problem(Call call, AnswerWish wish) =>
        call.Operation.Result == ResultShape.List ? (List(call.Operation, wish) with { Query = Query(call) }).Problem() : null;

    /// <summary>The answer to a call that looked at something.</summary>
    public ToolResult Write(Call call, AnswerWish wish, Outcome.Done done)
    {
        if (done.Value.ValueKind == JsonValueKind.Undefined)
        {
            return new ToolResult(Unreadable) { Structured = ToolSchema.Write(static _ => { }) };
        }

        // Only lists are rendered by the platform; whatever else it answers is data, and is shaped as such.
        if (call.Passthrough && done.Value.ValueKind == JsonValueKind.String)
        {
            var relayed = shapers[call.Backend].Relay(done.Value.GetString()!, wish.Fields, settings.BudgetCharacters);
            return new ToolResult(relayed.Text) { Structured = ToolSchema.Write(static _ => { }) };
        }

        var answer = Render(call, wish, done);
        return Format(wish) == ResultFormats.Markdown
            ? new ToolResult(answer.Text) { Structured = answer.Structured }
            : new ToolResult(answer.Data) { Note = answer.Note, Structured = answer.Structured };
    }

    /// <summary>A value that an action gave, redacted and cleaned; null where there is none.</summary>
    public JsonElement? Safe(string backend, JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? null
            : shapers[backend].One(value, new ObjectShape { Budget = settings.BudgetCharacters, KeepsOrder = true }).Structured?.Value;

    /// <summary>The whole value for a script, redacted and cleaned; null where it is too long.</summary>
    public JsonElement? Whole(string backend, JsonElement value, IReadOnlyList<string> asked, int mostBytes) => shapers[backend].Whole(value, asked, mostBytes);

    /// <summary>One object that a tool put together of what a backend said, within the budget.</summary>
    /// <param name="backend">Whose rules say what is hidden.</param>
    /// <param name="value">The object.</param>
    /// <param name="format">How the text is written.</param>
    /// <param name="warnings">What must be known beside it.</param>
    /// <param name="structured">Whether structured content is wanted too.</param>
    public RenderedAnswer Record(string backend, JsonElement value, IResultFormat format, IReadOnlyList<string> warnings, bool structured = true) =>
        shapers[backend].One(value, new ObjectShape { Budget = settings.BudgetCharacters, Format = format, Warnings = warnings, Structured = structured });

    private RenderedAnswer Render(Call call, AnswerWish wish, Outcome.Done done)
    {
        var shaper = shapers[call.Backend];
        return call.Operation.Result switch
        {
            ResultShape.List => shaper.List(done.Value, List(call.Operation, wish) with
            {
                Query = Query(call),
                Budget = settings.BudgetCharacters,
                Format = Format(wish),
                Warnings = done.Warnings,
            }),
            ResultShape.Statistics => shaper.Statistics(done.Value, Single(call.Operation, wish, done)),
            _ => shaper.One(done.Value, Single(call.Operation, wish, done)),
        };
    }

    private IResultFormat Format(AnswerWish wish) =>
        ResultFormats.Find(wish.Format ?? settings.Format ?? "") ?? ResultFormats.Markdown;

    private ObjectShape Single(Operation operation, AnswerWish wish, Outcome.Done done) =>
        new() { Budget = settings.BudgetCharacters, Format = Format(wish), Warnings = done.Warnings, KeepsOrder = operation.KeepsOrder };

    private static ListShape List(Operation operation, AnswerWish wish) => new()
    {
        Fields = Fields(operation, wish),
        Sort = wish.Sort,
        Offset = wish.Offset,
        Limit = wish.Limit,
        Cursor = wish.Cursor,
        KnownFields = operation.KnownFields,
        KeepsOrder = operation.KeepsOrder,
    };

    private static IReadOnlyList<string> Fields(Operation operation, AnswerWish wish) =>
        wish.Fields.Count > 0 ? wish.Fields : operation.DefaultFields;

    // Whatever decides which objects are in the list: a cursor is good for this alone.
    private static string Query(Call call) => $"{call.Caller.Name}\n{call.Backend}\n{call.Operation.Name}\n{Without(call.Arguments, "fields")}";

    private static string Without(JsonElement arguments, string name) => string.Join('\n', arguments.EnumerateObject()
        .Where(argument => argument.Name != name)
        .OrderBy(static argument => argument.Name, StringComparer.Ordinal)
        .Select(static argument => $"{argument.Name}={argument.Value}"));
}
