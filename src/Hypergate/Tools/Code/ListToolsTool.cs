using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Tools.Utility;

namespace Hypergate.Tools.Code;

/// <summary><c>list_tools</c>: what scripts can call, as TypeScript, as lines, as names or as an overview.</summary>
internal sealed class ListToolsTool(CodeRoom room)
{
    public const string Name = "list_tools";

    private const string OtherName = "discover_tools";

    private const string Query = "query";
    private const string Pattern = "pattern";
    private const string Names = "names";
    private const string Detail = "detail";
    private const string Page = "page";
    private const int MostFound = 25;
    private const int MostNames = 25;
    private const int LongestPattern = 200;
    private const int LongestQuery = 500;
    private static readonly string[] Levels = ["auto", "full", "summary", "names", "overview"];

    public ToolDefinition Tool => new()
    {
        Name = Name,
        OtherNames = [OtherName],
        Title = "List what scripts can call",
        Description = "The operations that execute_code can call, as TypeScript: by query (plain words), by pattern (a regular expression on backend.operation), or by exact names. Without arguments: an overview.",
        InputSchema = ToolSchema.Closed(WriteArguments),
        OutputSchema = CodeTool.AnyObject,
        Hints = ToolHints.Reading,
        Run = RunAsync,
    };

    private void WriteArguments(Utf8JsonWriter writer)
    {
        ToolSchema.Property(writer, Query, "string");
        ToolSchema.Property(writer, Pattern, "string");
        CodeTool.WriteBackend(writer, room);
        writer.WriteStartObject(Names);
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        writer.WriteNumber("maxItems", MostNames);
        writer.WriteEndObject();
        ToolSchema.Choice(writer, Detail, Levels);
        CodeTool.WriteInteger(writer, Page, 1);
    }

    private async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        var arguments = CodeTool.Named(request.Arguments, room, out var problem);
        if (problem is not null)
        {
            return ToolResult.Error($"{Name}: {problem}");
        }

        if (UtilityArguments.Unexpected(arguments, Tool) is { } fault)
        {
            return fault;
        }

        if ((CodeTool.Text(arguments, Query)?.Length > LongestQuery ? Query : CodeTool.Text(arguments, Pattern)?.Length > LongestPattern ? Pattern : null) is { } tooLong)
        {
            return ToolResult.Error($"{Name}: '{tooLong}' is too long.");
        }

        await room.Surroundings.SettledAsync(null, cancellationToken);
        return Answer(arguments);
    }

    private ToolResult Answer(JsonElement arguments)
    {
        var names = arguments.TryGetProperty(Names, out var given) ? given.EnumerateArray().Select(static name => name.GetString()!).ToList() : [];
        var (pattern, problem) = PatternOf(CodeTool.Text(arguments, Pattern));
        if (problem is not null)
        {
            return ToolResult.Error($"{Name}: 'pattern' is no regular expression that can be used here: {problem}");
        }

        var wish = new CodeWish(CodeTool.Text(arguments, Query) is { Length: > 0 } query ? query : null, pattern, CodeTool.Text(arguments, OwnArguments.Backend), names);
        var found = new CodeSelection(room, wish, MostFound).Find();
        var level = CodeTool.Text(arguments, Detail) is { } detail and not "auto" ? detail : Level(wish, found.Count);
        if (found.Count == 0)
        {
            return ToolResult.Error($"{Name}: {NothingFor(wish)}");
        }

        var writer = new CodeListingWriter(room, room.Limits.ListingKilobytes * 1024);
        var page = writer.Write(found, level, CodeTool.Number(arguments, Page) ?? 1, names.Count > 0);
        return new ToolResult(Gaps(page.Text + new CodeAbsence(room, wish).Unfound())) { Structured = ToolSchema.Write(json => Write(json, page)) };
    }

    private static (Regex? Pattern, string? Problem) PatternOf(string? expression)
    {
        try
        {
            return (expression is { Length: > 0 } ? new Regex(expression, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null, null);
        }
        catch (NotSupportedException)
        {
            return (null, "it repeats too much, or has look-around or references to groups, which are not understood.");
        }
        catch (ArgumentException exception)
        {
            return (null, $"{exception.Message} Any text is .*");
        }
    }

    private static string Level(CodeWish wish, int count) => (wish.IsEmpty, count) switch
    {
        (true, _) => "overview",
        (_, <= 25) => "full",
        (_, <= 250) => "summary",
        (_, <= 2_000) => "names",
        _ => "overview",
    };

    // Of names it is told by itself where a backend's operations are not known.
    private string NothingFor(CodeWish wish) => new CodeAbsence(room, wish).Nothing() is var text && wish.Names.Count > 0 ? text : Gaps(text);

    private string Gaps(string text) => string.Join('\n', room.Surroundings.Backends.Select(backend => room.Surroundings.Gap(backend.Name)).OfType<string>().Prepend(text));

    private static void Write(Utf8JsonWriter writer, CodePage page)
    {
        writer.WriteNumber("matched", page.Matched);
        writer.WriteNumber("shown", page.Shown);
        if (page.Next is { } next)
        {
            writer.WriteNumber("next_page", next);
        }
    }
}
