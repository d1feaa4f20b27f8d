using System.Text.RegularExpressions;

namespace Hypergate.Host.Policies;

/// <summary>What in a gate file of ToolMesh is otherwise here. It is read, never run, and not translated: who wrote a policy must rewrite it.</summary>
internal static partial class ToolMeshGate
{
    private const string NoClasses = "there is none; give callers roles and look at ctx.caller.roles";

    private static readonly Dictionary<string, string> Here = new(StringComparer.Ordinal)
    {
        ["user"] = "ctx.caller, with name and roles",
        ["user.id"] = "ctx.caller.name",
        ["user.callerId"] = "ctx.caller.name",
        ["user.callerName"] = "ctx.caller.name",
        ["user.roles"] = "ctx.caller.roles",
        ["user.company"] = NoClasses,
        ["user.plan"] = NoClasses,
        ["user.callerClass"] = NoClasses,
        ["tool"] = "ctx.operation, which is the name without its backend; the backend is ctx.backend",
        ["toolAccess"] = "ctx.access: read, write, admin or dangerous, never empty",
        ["params"] = "ctx.args; what goes into a body is in ctx.args.body",
        ["phase"] = "ctx.phase, which is 'before' or 'after' in place of 'pre' or 'post'; phases in the settings says when the gate runs",
        ["response"] = "ctx.result after the call: the answer as data, not content blocks",
        ["rateLimitExceeded"] = "there is none; write before: { limit: { count, window } } into the settings",
    };

    private static readonly HashSet<string> Alike = new(StringComparer.Ordinal) { "gate", "backend", "operation", "access", "caller", "dry_run", "args", "status", "result" };

    /// <summary>What differs, with the line where it stands first.</summary>
    public static IEnumerable<string> Differences(string code)
    {
        var text = Comment().Replace(code, static comment => new string([.. comment.Value.Where(static character => character == '\n')]));
        if (!Function().IsMatch(text))
        {
            yield return "line 1: the file is statements; here a gate is one function (ctx) { … }, and what merely stands in the file is an error";
        }

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match use in Property().Matches(text))
        {
            var (first, second) = (use.Groups["first"].Value, use.Groups["second"].Value);
            var name = first == "user" && second.Length > 0 ? $"{first}.{second}" : first;
            if (!Alike.Contains(first) && told.Add(name))
            {
                yield return $"line {LineOf(text, use.Index)}: ctx.{name}: {Here.GetValueOrDefault(name, "is not known here; it is undefined")}";
            }
        }

        foreach (Match use in Missing().Matches(text))
        {
            yield return $"line {LineOf(text, use.Index)}: {use.Value}: there is none in a gate; it has JavaScript itself and ctx";
        }
    }

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex(@"/\*.*?\*/|(?<![:'""])//[^\n]*", RegexOptions.Singleline, 1_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(?:async\s+)?(?:function\b|\(?\s*ctx\s*\)?\s*=>)", RegexOptions.None, 1_000)]
    private static partial Regex Function();

    [GeneratedRegex(@"\bctx(?:\?)?(?:\.|\[['""])(?<first>\w+)(?:['""]\])?(?:\??\.(?<second>\w+))?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Property();

    [GeneratedRegex(@"\b(?:require|fetch|setTimeout|process|Buffer)\b(?=\s*[(.])", RegexOptions.None, 1_000)]
    private static partial Regex Missing();
}
