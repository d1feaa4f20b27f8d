using System.Globalization;
using System.Text.RegularExpressions;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>
/// Where in a caller's text a script failed. The engine knows the last call before it; a name that its message tells is found from there
/// on where it stands. There is a column only where there is no doubt.
/// </summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Source">The text of the line; empty where none is known.</param>
internal sealed record RunPlace(int? Line, int? Column, string Source)
{
    private const string Syntax = "syntax_error";

    public static RunPlace Of(string code, ScriptFault fault)
    {
        var lines = code.Split('\n');
        if (fault is { Line: { } end, Code: Syntax } && end > lines.Length)
        {
            return new(lines.Length, lines[^1].TrimEnd().Length + 1, lines[^1]); // The text ends too early.
        }

        if (fault.Line is not { } line || line > lines.Length)
        {
            return new(fault.Line, null, "");
        }

        if (fault.IsExact || fault.Code == Syntax || IsMadeAt(lines[line - 1], fault))
        {
            return new(line, fault.IsExact || fault.Code != Syntax ? Within(lines[line - 1], fault.Column) : null, lines[line - 1]);
        }

        return NameIn(fault) is { } name && Find(lines, fault, name, line) is var (found, column) ? new(found, column, lines[found - 1]) : new(line, null, lines[line - 1]);
    }

    private static int? Within(string line, int? column) => column <= line.Length + 1 ? column : null;

    // throw new TypeError(…): the engine notes where it was made.
    private static bool IsMadeAt(string line, ScriptFault fault) =>
        fault is { Column: > 0 and { } column, Name.Length: > 0 } && column <= line.Length && line.AsSpan(column - 1).StartsWith(fault.Name);

    // The first place from the last call on; its column where there is no other place.
    private static (int Line, int? Column)? Find(string[] lines, ScriptFault fault, string name, int from)
    {
        var places = lines.SelectMany((text, index) => PlacesIn(text, fault, name).Select(column => (Line: index + 1, Column: column))).ToList();
        return places.Count == 0 ? null
            : places.Count == 1 ? places[0]
            : (places.FirstOrDefault(place => place.Line >= from, places[0]).Line, null);
    }

    private static IEnumerable<int> PlacesIn(string text, ScriptFault fault, string name) => Word(name).Matches(text)
        .Where(place => fault.Name != "ReferenceError" || place.Groups["dot"].Length == 0) // A member is no name that must be declared.
        .Where(place => fault.Name != "TypeError" || place.Groups["dot"].Length > 0 || !place.Groups["key"].Success) // A key that is given a value is not read.
        .Select(static place => place.Groups["name"].Index + 1);

    private static Regex Word(string name) => new(
        $@"(?<dot>\.?)(?<![\w$])(?<name>{Regex.Escape(name)})(?![\w$])(?<key>\s*:)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(100));

    /// <summary>The frames that are the caller's own; the last ones are those of what runs the text.</summary>
    public static IReadOnlyList<string> FramesOf(string code, ScriptFault fault)
    {
        var lines = code.AsSpan().Count('\n') + 1;
        return [.. fault.Stack.Where(frame => LineOf(frame) <= lines).Select(static frame => frame.Replace("<anonymous>", "a function", StringComparison.Ordinal).Replace("<eval>", "the script", StringComparison.Ordinal))];
    }

    private static string? NameIn(ScriptFault fault) => fault.Name is "ReferenceError" or "TypeError" ? RunHints.NamedIn(fault.Message) : null;

    private static int LineOf(string frame) =>
        frame.IndexOf("script:", StringComparison.Ordinal) is >= 0 and var at
        && int.TryParse(string.Concat(frame[(at + "script:".Length)..].TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0;
}
