using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>What a script passes to an operation, as the pipeline takes it.</summary>
internal sealed class ScriptArguments(Operation operation)
{
    private static readonly string[] ForOthers = [OwnArguments.Sort, OwnArguments.Cursor, OwnArguments.Format, OwnArguments.ConfirmToken];

    /// <summary>The call without its place and caller, how much of a list is wanted, and what is wrong with the arguments.</summary>
    public (Call Call, AnswerWish Wish, string? Fault) Read(JsonElement arguments)
    {
        var sorted = CallArguments.Sort(TextDigits.Read(Gathered(arguments), SchemaOf), operation);
        var fault = ForOthers.FirstOrDefault(name => sorted.Text(name) is not null) is { } other
            ? $"'{other}' is not for scripts; do it in the script."
            : sorted.Fault();
        var wish = sorted.Wish;
        if (fault is null && AnswerWriter.FieldsToRead(operation, wish) is { } fields)
        {
            sorted.Set(OwnArguments.Fields, fields);
        }

        if (fault is null && wish.Limit is { } limit && operation.PagesItself)
        {
            sorted.Set(OwnArguments.Limit, limit);
        }

        return (new() { Backend = "", Operation = operation, Caller = new("", []), Arguments = sorted.ForPlatform, Wait = sorted.Flag(OwnArguments.Wait) ?? sorted.Number(OwnArguments.WaitSeconds) is not 0, WaitLimit = sorted.Number(OwnArguments.WaitSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null }, wish, fault);
    }

    private JsonElement SchemaOf(string name) =>
        operation.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Schema
        ?? (name == OwnArguments.Body ? operation.Body?.Schema : null)
        ?? (OwnArguments.For(operation).Contains(name) ? OwnArguments.Schemas[name] : default);

    // Members of the body that stand beside the parameters go into the body, where no parameter has their name.
    private JsonElement Gathered(JsonElement arguments)
    {
        if (operation.Body is not { Schema: { ValueKind: JsonValueKind.Object } schema } || arguments.TryGetProperty(OwnArguments.Body, out _) || !schema.TryGetProperty("properties", out var members))
        {
            return arguments;
        }

        var own = OwnArguments.For(operation).ToHashSet(StringComparer.Ordinal);
        var inside = arguments.EnumerateObject().Where(argument => members.TryGetProperty(argument.Name, out _) && !own.Contains(argument.Name)
            && !operation.Parameters.Any(parameter => parameter.Name == argument.Name)).ToList();
        return inside.Count == 0 ? arguments : ToolSchema.Write(writer =>
        {
            foreach (var argument in arguments.EnumerateObject().Where(argument => inside.TrueForAll(one => one.Name != argument.Name)))
            {
                argument.WriteTo(writer);
            }

            writer.WriteStartObject(OwnArguments.Body);
            inside.ForEach(argument => argument.WriteTo(writer));
            writer.WriteEndObject();
        });
    }
}
