using System.Globalization;
using System.Text.RegularExpressions;
using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>
/// Where in a caller's text a script failed. The engine knows the last call before it; a name that its message tells is found from there
/// on where it stands.
/// </summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Source">The text of the line; empty where none is known.</param>
internal sealed partial record RunPlace(int? Line, int? Column, string Source)
{
    private const string Syntax = "SyntaxError";

    public static RunPlace Of(string code, ScriptFault fault)
    {
        var lines = code.Split('\n');
        if (fault.Line is { } end && end > lines.Length && fault.Name == Syntax)
        {
            return new(lines.Length, lines[^1].TrimEnd().Length + 1, lines[^1]); // The text ends too early.
        }

        if (fault.Line is not { } line || line > lines.Length)
        {
            return new(fault.Line, null, "");
        }

        var known = fault.Column <= lines[line - 1].Length && fault.Name is not ("ReferenceError" or Syntax) ? fault.Column : null;
        return NameIn(fault) is { } name && (OfMember(fault, lines, name, line - 1) ?? Find(lines, name, line - 1) ?? Find(lines, name, 0)) is var (found, column)
            ? new(found + 1, found + 1 == line && known is not null ? known : column + 1, lines[found])
            : new(line, fault.Name == Syntax ? StartOf(lines[line - 1]) : known, lines[line - 1]);
    }

    // The engine knows no more than the line: a type that is written down is the likeliest, else the statement is meant.
    private static int StartOf(string line) =>
        Annotation.Match(line) is { Success: true } annotation ? annotation.Groups["colon"].Index + 1 : line.Length - line.TrimStart().Length + 1;

    [GeneratedRegex(@"\b(?:const|let|var)\s+[\w$]+\s*(?<colon>:)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Annotation { get; }

    /// <summary>The frames that are the caller's own; the last ones are those of what runs the text.</summary>
    public static IReadOnlyList<string> FramesOf(string code, ScriptFault fault)
    {
        var lines = code.AsSpan().Count('\n') + 1;
        return [.. fault.Stack.Where(frame => LineOf(frame) <= lines).Select(static frame => frame.Replace("<anonymous>", "a function", StringComparison.Ordinal).Replace("<eval>", "the script", StringComparison.Ordinal))];
    }

    private static (int Line, int Column)? OfMember(ScriptFault fault, string[] lines, string name, int from) => fault.Name == "TypeError" ? Find(lines, $".{name}", from) : null;

    private static string? NameIn(ScriptFault fault) => fault.Name is "ReferenceError" or "SyntaxError" or "TypeError" ? RunHints.NamedIn(fault.Message) : null;

    private static (int Line, int Column)? Find(string[] lines, string name, int from)
    {
        for (var line = from; line < lines.Length; line++)
        {
            if (ColumnOf(lines[line], name) is { } column)
            {
                return (line, column);
            }
        }

        return null;
    }

    // A word stands alone; a token that is none may stand anywhere.
    private static int? ColumnOf(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            var beginsInWord = IsPartOfWord(name[0]) && at > 0 && IsPartOfWord(text[at - 1]);
            if (!beginsInWord && !(IsPartOfWord(name[^1]) && end < text.Length && IsPartOfWord(text[end])))
            {
                return name[0] == '.' ? at + 1 : at;
            }
        }

        return null;
    }

    private static bool IsPartOfWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    private static int LineOf(string frame) =>
        frame.IndexOf("script:", StringComparison.Ordinal) is >= 0 and var at
        && int.TryParse(string.Concat(frame[(at + "script:".Length)..].TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0;
}
