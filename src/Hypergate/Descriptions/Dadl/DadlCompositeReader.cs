using System.Text.RegularExpressions;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads the composites of a file: scripts that join calls.</summary>
internal static partial class DadlCompositeReader
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(120);

    public static IReadOnlyList<DadlTool> ReadAll(DadlSection backend, IReadOnlyList<DadlTool> tools, int version, string name)
    {
        if (backend.Map("composites") is not { } composites)
        {
            return [];
        }

        var names = tools.Select(static tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var own = composites.Node.Entries.Select(static entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        var read = new List<DadlTool>();
        foreach (var entry in composites.Node.Entries)
        {
            if (composites.Map(entry.Key) is { } composite)
            {
                read.Add(Read(composite, entry.Key, new Known(names, own), version));
                if (name.Length + 1 + entry.Key.Length > 64)
                {
                    composite.Fault(DadlRules.LongName, "", $"{name}_{entry.Key} is longer than 64 characters");
                }
            }
        }

        return read;
    }

    // Whether it calls them or hands them on: items.map(api.delete_it) deletes as well.
    private static List<string> NamedIn(string code) => [.. Name().Matches(code).Select(static match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    // Where a name is not called it may stand in a text: "see api.example.com". The first call of each.
    private static IEnumerable<(string Name, int Index)> CalledIn(string code) =>
        Name().Matches(code).Where(static match => match.Groups["call"].Success).Select(static match => (match.Groups["name"].Value, match.Groups["name"].Index)).DistinctBy(static call => call.Item1);

    private static DadlTool Read(DadlSection composite, string name, Known known, int version)
    {
        composite.Know("description", "code", "access", "delegates", "params", "timeout", "depends_on");
        composite.AreNew(version, "access", "delegates");
        DadlToolReader.CheckLetters(composite, name, DadlRules.Composite);
        if (known.Tools.Contains(name))
        {
            composite.Fault(DadlRules.Composite, "", $"{DadlFaults.Quoted(name)} is the name of a tool as well");
        }

        foreach (var key in (string[])["description", "code"])
        {
            if (composite.Lacks(key))
            {
                composite.Fault(DadlRules.Composite, "", $"{key} is missing");
            }
        }

        if (version >= 2 && composite.Text("access") is null)
        {
            composite.Fault(DadlRules.NoAccess, "", "access is missing: read, write, admin or dangerous");
        }

        var code = composite.Text("code") ?? "";
        var (calls, dependsOn, delegates) = (NamedIn(code), composite.Texts("depends_on"), composite.Texts("delegates"));
        CheckCalls(composite, code, known);
        CheckNames(composite, "depends_on", dependsOn, known);
        CheckNames(composite, "delegates", delegates, known);
        if (code.Length > 0)
        {
            composite.Faults.Note(DadlRules.Composite, composite.At("code"), composite.Find("code")!, code);
        }

        foreach (var found in Identifier().Matches(code).DistinctBy(static found => found.Value))
        {
            composite.Fault(DadlRules.Identifiers, "code", found.Index, $"{found.Value} is refused by other gateways, and nothing is behind it here: a script reaches the API as api.NAME(…) alone");
        }

        return new DadlTool
        {
            Name = name,
            Access = composite.Text("access"),
            Description = composite.Text("description") ?? "",
            Parameters = DadlParameterReader.ReadAll(composite, auth: null),
            DependsOn = dependsOn,
            Rules = new CallRules { Composite = new CompositeRules(code, TimeLimit(composite), [.. calls.Where(known.Tools.Contains)], delegates) },
        };
    }

    private static TimeSpan TimeLimit(DadlSection composite)
    {
        var limit = composite.Duration("timeout") ?? TimeSpan.FromSeconds(30);
        if (limit < TimeSpan.FromMilliseconds(1) || limit > LongestRun)
        {
            composite.Fault(DadlRules.Composite, "timeout", "must lie between 1ms and 120s");
        }

        return limit < LongestRun ? limit : LongestRun;
    }

    private static void CheckCalls(DadlSection composite, string code, Known known)
    {
        foreach (var (call, index) in CalledIn(code).Where(call => !known.Tools.Contains(call.Name)))
        {
            composite.Fault(DadlRules.Composite, "code", index, known.Composites.Contains(call)
                ? $"api.{call} is a composite; a composite calls tools alone"
                : DadlFaults.WithNearest($"api.{call} is no tool of this file", call, known.Tools));
        }
    }

    private static void CheckNames(DadlSection composite, string key, IReadOnlyList<string> names, Known known)
    {
        foreach (var wrong in names.Where(name => !known.Tools.Contains(name)))
        {
            composite.FaultOf(wrong, DadlRules.Unresolved, key, DadlFaults.WithNearest($"{DadlFaults.Quoted(wrong)} is no tool of this file", wrong, known.Tools));
        }
    }

    private sealed record Known(HashSet<string> Tools, HashSet<string> Composites);

    [GeneratedRegex("""\bapi\s*(\??\.\s*(?<name>[A-Za-z_$][\w$]*)|(\?\.)?\[\s*["'](?<name>[^"']+)["']\s*\])\s*(?<call>(\?\.\s*)?\()?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![.\w$])(fetch|XMLHttpRequest|require|import|process|fs|os|child_process|globalThis|window|self|global|setTimeout|setInterval|setImmediate|clear(Timeout|Interval|Immediate)|Reflect)(?=\s*[.(\[])|\b(__proto__|getOwnPropertyDescriptors?)\b|\.constructor\b|\b(eval|Function)\s*\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();
}
