using Hypergate.Scripting;

namespace Hypergate.Tools.Code;

/// <summary>What to do next, for whoever wrote a script that failed.</summary>
internal static class RunHints
{
    private const string NoModules = "There is no network, no file and no module here; api.BACKEND.OPERATION(args) calls operations.";
    private const string Missing = " is not defined";

    // What other engines have, and what to write instead.
    private static readonly Dictionary<string, string> Instead = new(StringComparer.Ordinal)
    {
        ["setTimeout"] = "Use await hypergate.pause(milliseconds).",
        ["setInterval"] = "Use await hypergate.pause(milliseconds).",
        ["print"] = "Use console.log, or return the value.",
        ["alert"] = "Use console.log, or return the value.",
        ["structuredClone"] = "Use JSON.parse(JSON.stringify(value)).",
        ["Intl"] = "There is no Intl here; format with plain JavaScript.",
        ["Buffer"] = "There is no Buffer here; use text or Uint8Array.",
        ["fetch"] = NoModules,
        ["XMLHttpRequest"] = NoModules,
        ["WebSocket"] = NoModules,
        ["require"] = NoModules,
        ["module"] = NoModules,
        ["exports"] = NoModules,
        ["process"] = NoModules,
        ["fs"] = NoModules,
    };

    /// <summary>Null where the message says enough.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="unawaited">How many calls nobody waited for.</param>
    /// <param name="code">The script.</param>
    public static string? Of(ScriptFault fault, int unawaited, string code) => fault switch
    {
        { Code: "syntax_error" } when IsBehindAwait(fault, code) => "Nothing ran. await stands only in async functions: write async before the function that it is in.",
        { Code: "syntax_error" } => "Nothing ran. There are no type annotations, no interface or as, no import or export.",
        { Code: "unknown_operation" } => $"Call {ListToolsTool.Name} for exact names.",
        { Code: "cpu_limit" } => "Compute less in one run: filter in the call, leave loops early, or go on in another run.",
        { Code: "call_limit" } => "Ask for a list instead of one object at a time, or do the rest in another run; calls tells what was done.",
        { Code: "timeout" } => "Do less in one run, or start tasks with wait: false and look at them in another run.",
        { Code: "memory_limit" } => "Ask for fewer fields or items (fields, filter, limit), and keep only what is needed.",
        { Code: "stack_overflow" } => "Write a loop instead of recursion.",
        { Code: "output_limit" } => "Return fewer fields or items, or a count or summary of them.",
        { Name: "Stalled" } => "Only calls of api and hypergate ever resolve; there are no timers or events to wait for.",
        { Name: "ReferenceError", Message: var message } => OfReference(message),
        { Name: "TypeError" } when TakesArguments(code) => "A function is called without arguments: api, args, console and hypergate are globals.",
        { Name: "TypeError" } => OfType(fault.Message, unawaited),
        _ => null,
    };

    /// <summary>The name that a message says is missing, or the token that it did not expect; null where it names none.</summary>
    public static string? NamedIn(string message)
    {
        if (message.IndexOf(Missing, StringComparison.Ordinal) is > 0 and var end)
        {
            return message[..end];
        }

        var (open, close) = (message.IndexOf('\''), message.LastIndexOf('\''));
        return close > open + 1 ? message[(open + 1)..close] : null;
    }

    private static bool IsBehindAwait(ScriptFault fault, string code) =>
        fault is { Line: { } line, Column: { } column } && code.Split('\n') is var lines && line <= lines.Length && column <= lines[line - 1].Length
        && lines[line - 1].AsSpan(0, column - 1).TrimEnd().EndsWith("await");

    // async ({ api }) => …, function (context) { … }
    private static bool TakesArguments(string code)
    {
        var head = code.AsSpan().TrimStart();
        head = head.StartsWith("async") ? head["async".Length..].TrimStart() : head;
        head = head.StartsWith("function") ? head[(head.IndexOf('(') is var open and >= 0 ? open : head.Length)..] : head;
        return head is ['(', .. var rest] && rest.TrimStart() is [not (')' or '('), ..] && rest.IndexOf(')') is >= 0 and var close && rest[(close + 1)..].TrimStart() is ['=', '>', ..] or ['{', ..];
    }

    private static string OfReference(string message) => NamedIn(message) is not { } name || message.Contains("module", StringComparison.Ordinal)
        ? NoModules
        : Instead.TryGetValue(name, out var instead) ? instead : $"Declare it first (const {name} = …); there are api, args, console and hypergate beside JavaScript itself.";

    private static string? OfType(string message, int unawaited) => message switch
    {
        _ when unawaited > 0 => "A call gives a promise: write await before it.",
        _ when message.Contains("circular", StringComparison.Ordinal) => "Only JSON is returned: leave out what points back.",
        _ when message.Contains("of undefined", StringComparison.Ordinal) || message.Contains("of null", StringComparison.Ordinal) =>
            $"The value has another shape than the script expects: return it as it is and look, or see {ListToolsTool.Name} with the operation's name.",
        _ when message.Contains("not a function", StringComparison.Ordinal) =>
            "The value has another shape than the script expects, or the function does not exist; hypergate has search, describe, waitTask, pause, previous and backends, console has log, info, warn, error and debug.",
        "toPrimitive" => "api and what it leads to are no text and no numbers: call an operation, and use what it gives.",
        _ => null,
    };
}
