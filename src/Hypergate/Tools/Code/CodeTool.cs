using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>What the tools of code mode have in common: how they describe and read arguments, and how they answer.</summary>
internal static class CodeTool
{
    public static JsonElement AnyObject { get; } = ToolSchema.Write(static writer => writer.WriteString("type", "object"));

    /// <summary>The argument that names a backend, where there are several.</summary>
    public static void WriteBackend(Utf8JsonWriter writer, CodeRoom room, string? description = null)
    {
        if (room.Surroundings.Backends.Count > 1)
        {
            ToolSchema.Choice(writer, OwnArguments.Backend, room.Surroundings.Backends.Select(static backend => backend.Name), description);
        }
    }

    /// <summary>The arguments with the backend's name as it is configured, which may be given as scripts write it; where there is one backend alone, without it.</summary>
    /// <param name="problem">Why no backend is meant; null where one is, or none is named.</param>
    public static JsonElement Named(JsonElement arguments, CodeRoom room, out string? problem)
    {
        problem = null;
        if (arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(OwnArguments.Backend, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return arguments;
        }

        if (room.Surroundings.BackendCalled(value.GetString()!) is not { } name)
        {
            problem = $"There is no backend '{value.GetString()}'; it is one of {string.Join(", ", room.Surroundings.Backends.Select(static backend => backend.Name))}.";
            return arguments;
        }

        return ToolSchema.Write(writer =>
        {
            OwnArguments.WriteOthers(writer, arguments, OwnArguments.Backend);
            if (room.Surroundings.Backends.Count > 1)
            {
                writer.WriteString(OwnArguments.Backend, name);
            }
        });
    }

    public static void WriteInteger(Utf8JsonWriter writer, string name, int least, int? most = null)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", "integer");
        writer.WriteNumber("minimum", least);
        if (most is { } limit)
        {
            writer.WriteNumber("maximum", limit);
        }

        writer.WriteEndObject();
    }

    public static string? Text(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static int? Number(JsonElement arguments, string name) => arguments.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    public static ToolResult Answer(JsonElement structured, bool isError = false) => new(structured.GetRawText()) { Structured = structured, IsError = isError };

    /// <summary>An error in the form of a run's, where nothing runs.</summary>
    public static ToolResult Problem(string code, string message) => Answer(
        ToolSchema.Write(writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }),
        isError: true);
}
