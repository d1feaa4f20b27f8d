using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Tools;

/// <summary>Arguments that are the gateway's own business and never reach the platform as they are.</summary>
internal static class OwnArguments
{
    public const string Backend = "backend";
    public const string Operation = "operation";
    public const string ConfirmToken = "confirm_token";
    public const string Wait = "wait";
    public const string WaitSeconds = "wait_seconds";
    public const string Fields = "fields";
    public const string Limit = "limit";
    public const string Sort = "sort";
    public const string Offset = "offset";
    public const string Cursor = "cursor";
    public const string Format = "format";
    public const string Body = "body";

    private static readonly string[] OfLists = [Fields, Limit, Sort, Offset, Cursor, Format];
    private static readonly string[] OfObjects = [Format];

    /// <summary>Those that need the gateway to read the list itself.</summary>
    public static IReadOnlyList<string> OfPages { get; } = [Sort, Offset, Cursor];

    /// <summary>The schema of each, for checking before anything is sent.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Schemas { get; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
    {
        [ConfirmToken] = JsonElement.Parse("""{"type":"string","maxLength":200}"""),
        [Wait] = JsonElement.Parse("""{"type":"boolean"}"""),
        [WaitSeconds] = JsonElement.Parse("""{"type":"integer","minimum":0,"maximum":3600}"""),
        [Fields] = JsonElement.Parse("""{"type":"string","maxLength":4000}"""),
        [Limit] = JsonElement.Parse("""{"type":"integer","minimum":1}"""),
        [Sort] = JsonElement.Parse("""{"type":"string","minLength":1,"maxLength":200}"""),
        [Offset] = JsonElement.Parse("""{"type":"integer","minimum":0}"""),
        [Cursor] = JsonElement.Parse("""{"type":"string","minLength":1,"maxLength":4000}"""),
        [Format] = JsonElement.Parse("""{"type":"string","maxLength":40}"""),
    };

    /// <summary>An argument that is a text; null for anything else.</summary>
    public static string? Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Writes all arguments but some, into an object that is begun.</summary>
    public static void WriteOthers(Utf8JsonWriter writer, JsonElement arguments, params IReadOnlyList<string> left)
    {
        foreach (var argument in arguments.EnumerateObject().Where(argument => !left.Contains(argument.Name, StringComparer.Ordinal)))
        {
            argument.WriteTo(writer);
        }
    }

    /// <summary>Those that make sense for an operation.</summary>
    public static IEnumerable<string> For(Operation operation)
    {
        if (operation.Changes)
        {
            return operation.StartsJob ? [ConfirmToken, Wait, .. IsThePlatforms(operation, WaitSeconds) ? Array.Empty<string>() : [WaitSeconds]] : [ConfirmToken];
        }

        return operation.Result switch
        {
            ResultShape.List => OfLists.Where(name => !IsThePlatforms(operation, name)),
            ResultShape.One or ResultShape.Statistics => OfObjects.Where(name => !IsThePlatforms(operation, name)),
            _ => [],
        };
    }

    /// <summary>Whether the gateway answers for a parameter itself, the same way for every list.</summary>
    public static bool ShapesLists(Operation operation, Parameter parameter) =>
        ReadsWholeLists(operation) && parameter is { Place: ParameterPlace.Query, Name: Fields or Limit or "filter" };

    // An API that the gateway knows only by its description means its own sort and limit, whatever they do.
    private static bool IsThePlatforms(Operation operation, string name) =>
        operation.Parameters.Any(parameter => parameter.Name == name && !ShapesLists(operation, parameter));

    private static bool ReadsWholeLists(Operation operation) =>
        operation.Result == ResultShape.List && (operation.HasListArguments || operation.PagesItself);
}
