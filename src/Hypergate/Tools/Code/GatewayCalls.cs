using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>What scripts ask of the gateway itself: <c>hypergate.search</c>, <c>describe</c>, <c>waitTask</c>, <c>pause</c>, <c>previous</c>.</summary>
internal sealed class GatewayCalls(CodeRoom room, CodeRun run)
{
    private const string Own = "@hypergate";
    private const int FewFound = 10;
    private const int MostFound = 25;
    private const int LongestPause = 10_000;
    private const int LongestPauses = 60_000;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int _paused;

    public static bool Is(ScriptCall call) => call.Path[0] == Own;

    public static bool IsPause(ScriptCall call) => call.Path is [Own, "pause"];

    public async Task<ScriptReply> PauseAsync(ScriptCall call, CancellationToken cancellationToken)
    {
        var wish = JsonElement.Parse(call.Json);
        if (Number(wish, "milliseconds") is not (>= 1 and <= LongestPause and var number))
        {
            return new(false, Unfit($"hypergate.pause takes 1 to {LongestPause} milliseconds"));
        }

        if (Interlocked.Add(ref _paused, (int)number) > LongestPauses)
        {
            return new(false, Unfit($"all pauses of a run together take at most {LongestPauses / 1000} seconds"));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(number), room.Time, cancellationToken);
        return new(true, "null");
    }

    public async Task<CodeReply> AnswerAsync(ScriptCall call, JsonElement arguments, CancellationToken cancellationToken) => call.Path switch
    {
        [Own, "search"] => Search(arguments),
        [Own, "describe"] => Describe(arguments),
        [Own, "waitTask"] => await new TaskWait(room, run).WaitAsync(arguments, cancellationToken),
        [Own, "previous"] => Previous(arguments),
        _ => new("", new("unknown_operation", "hypergate has search, describe, waitTask, pause, previous and backends.")),
    };

    private CodeReply Search(JsonElement arguments)
    {
        if (OwnArguments.Text(arguments, "text") is not { Length: > 0 } text)
        {
            return Invalid("hypergate.search takes words");
        }

        var most = (int)Math.Clamp(Number(arguments, "limit") ?? FewFound, 1, MostFound);
        var found = new CodeSelection(room, new(text, null, null, []), most).Find();
        return new(
            Written(writer =>
            {
                writer.WriteStartArray();
                foreach (var one in found)
                {
                    Write(writer, one);
                }

                writer.WriteEndArray();
            }),
            null);
    }

    private CodeReply Describe(JsonElement arguments)
    {
        if (OwnArguments.Text(arguments, "name") is not { Length: > 0 } name)
        {
            return Invalid("hypergate.describe takes the name of an operation");
        }

        return new CodeSelection(room, new(null, null, null, [name]), MostFound).Find() is [var one, ..]
            ? new(Written(writer => Write(writer, one, new CodeListingWriter(room, int.MaxValue).Write([one], "full", 1, isWhole: true).Text)), null)
            : new("", new("unknown_operation", ((OperationFinding.Missing)new OperationLookup(room.Surroundings).Find(name, null, anyWillDo: true)).Problem));
    }

    private CodeReply Previous(JsonElement arguments) =>
        OwnArguments.Text(arguments, "run") is { } id && room.Runs.Result(id, run.Caller) is { } json
            ? new(json, null)
            : new("", new("not_found", "There is no such run of yours in the last ten minutes."));

    private static void Write(Utf8JsonWriter writer, CodeFound one, string? listing = null)
    {
        writer.WriteStartObject();
        writer.WriteString("name", $"{one.Group.Owner}.{ScriptNames.Of(one.Operation)}");
        writer.WriteString("access", TypeScriptText.Word(one.Operation.Access));
        writer.WriteString("summary", TypeScriptText.Summary(one.Operation));
        writer.WriteStartArray("arguments");
        foreach (var (name, isRequired) in one.Operation.Parameters.Select(static parameter => (parameter.Name, parameter.Required))
            .Concat(one.Operation.Body is { } body ? [(OwnArguments.Body, body.Required)] : []))
        {
            writer.WriteStringValue(isRequired ? name : $"{name}?");
        }

        writer.WriteEndArray();
        if (listing is not null)
        {
            writer.WriteString("typescript", listing);
        }

        writer.WriteEndObject();
    }

    private static string Written(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            content(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Unfit(string problem) => new CodeError("invalid_input", problem).ToJson("hypergate.pause", null);

    private static CodeReply Invalid(string problem) => new("", new("invalid_input", problem));

    /// <summary>A number that a script gave, as one or in digits; null where it gave none.</summary>
    public static double? Number(JsonElement arguments, string name) => !arguments.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };
}
