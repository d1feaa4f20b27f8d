using System.Globalization;
using System.Text.Json;
using Hypergate.Model;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>What a platform answered, as a script gets it: redacted and cleaned like every answer, but whole.</summary>
/// <param name="surroundings">What answers are written with.</param>
/// <param name="limits">How much of one a script gets.</param>
internal sealed class ScriptValue(ToolSurroundings surroundings, ScriptLimits limits)
{
    private const int MostItems = 10_000;

    /// <summary>Whether a job is also told as <c>id</c>, which scripts written for a public DADL file read.</summary>
    public bool NamesJobById { get; init; }

    public CodeReply Of(Call call, AnswerWish wish, Outcome.Done done)
    {
        if (done.Value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > MostItems && wish.Limit is null or > MostItems)
        {
            return TooLarge(string.Create(CultureInfo.InvariantCulture, $"{list.GetArrayLength():N0} items, more than {MostItems:N0}"));
        }

        if (surroundings.Answers.Whole(call.Backend, Cut(done.Value, wish), wish.Fields, limits.ResultMegabytes << 20) is not { } value)
        {
            return TooLarge($"more than {limits.ResultMegabytes} MB ({limits.Setting("resultMegabytes")})");
        }

        return done.Job is { } job && call.Operation.StartsJob
            ? new(ScriptJson.Of(ToolSchema.Write(writer => Write(writer, call, job, value))), null)
            : new(ScriptJson.Of(value), null);
    }

    private static CodeReply TooLarge(string what) => new("", new("too_large", $"The answer has {what}. Narrow it with filter, fields or limit.") { Sent = true });

    private static JsonElement Cut(JsonElement value, AnswerWish wish)
    {
        if (value.ValueKind != JsonValueKind.Array || (wish.Limit is null && wish.Offset == 0))
        {
            return value;
        }

        var rows = value.EnumerateArray().Skip(wish.Offset).Take(wish.Limit ?? int.MaxValue).ToList();
        return ToolSchema.Write(writer =>
        {
            writer.WriteStartArray("rows");
            rows.ForEach(row => row.WriteTo(writer));
            writer.WriteEndArray();
        }).GetProperty("rows");
    }

    private void Write(Utf8JsonWriter writer, Call call, Job job, JsonElement value)
    {
        writer.WriteString("task", job.Id);
        if (NamesJobById)
        {
            writer.WriteString("id", job.Id);
        }

        writer.WriteString("backend", ScriptNames.Of(call.Backend));
        writer.WriteString("state", job.State.ToString().ToLowerInvariant());
        writer.WritePropertyName("result");
        value.WriteTo(writer);
    }
}
