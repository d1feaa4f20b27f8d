using System.Text.Json;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query;

/// <summary>What is wrong with a query, in words that its author can act on.</summary>
internal sealed class QueryException(string code, string message, Place place, string? hint = null) : Exception(message)
{
    /// <summary>One of <see cref="QueryCode"/>.</summary>
    public string Code => code;

    public Place Place => place;

    public string? Hint => hint;

    /// <summary><c>{"error":{code, message, at, position?, hint?}}</c>.</summary>
    public JsonElement ToJson() => ToolSchema.Write(writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", code);
        writer.WriteString("message", Message);
        writer.WriteString("at", place.Pointer);
        if (place.Position > 0)
        {
            writer.WriteNumber("position", place.Position);
        }

        if (hint is not null)
        {
            writer.WriteString("hint", hint);
        }

        writer.WriteEndObject();
    });
}
