using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads what stands beside the tools: health, examples, hints, coverage, set-up.</summary>
internal static class DadlExtras
{
    public static DadlDocument Read(DadlSection backend, DadlDocument document) => document with
    {
        Health = Health(backend, document),
        Examples = Examples(backend),
        Hints = Hints(backend, document),
        Coverage = Coverage(backend),
        Setup = Setup(backend),
    };

    private static DadlHealth? Health(DadlSection backend, DadlDocument document)
    {
        if (backend.Map("health") is not { } health)
        {
            return null;
        }

        health.Know("tool", "method", "path", "expect_status", "expect_path", "auth_expires_path", "timeout", "expose");
        var (tool, path) = (health.Text("tool"), health.Text("path"));
        if (health.Text("method") is { } method && method != "GET")
        {
            health.Fault(DadlRules.HealthTool, "method", "must be GET");
        }

        var isUsable = IsUsable(health, tool, path, document);
        var rules = new HealthRules
        {
            Status = health.Number("expect_status"),
            MustHave = DadlRulesReader.Path(health, "expect_path"),
            AuthExpires = DadlRulesReader.Path(health, "auth_expires_path"),
            TimeLimit = health.Duration("timeout") ?? TimeSpan.FromSeconds(5),
        };
        var isExposed = health.Flag("expose") ?? true;

        // A check that looks at less than it should would say that all is well.
        return isUsable && !(health.Has("expect_path") && rules.MustHave is null) ? new DadlHealth(tool, path, rules, isExposed) : null;
    }

    private static bool IsUsable(DadlSection health, string? tool, string? path, DadlDocument document)
    {
        if (tool is null == path is null)
        {
            health.Fault(DadlRules.HealthTool, "", "needs either tool or path");
            return false;
        }

        if (path is not null)
        {
            var problem = DadlPlaceholders.In(path).Count > 0 ? "must not hold placeholders" : DadlPath.Problem(path) is { } unfit ? $"cannot be sent: {unfit}" : null;
            if (problem is not null)
            {
                health.Fault(DadlRules.HealthTool, "path", problem);
            }

            return problem is null;
        }

        if (document.Tools.FirstOrDefault(candidate => candidate.Name == tool) is not { } found)
        {
            health.Fault(DadlRules.Unresolved, "tool", DadlFaults.WithNearest($"{DadlFaults.Quoted(tool!)} is no tool of this file", tool!, document.Tools.Select(static known => known.Name)));
            return false;
        }

        if (found.Parameters.All(static parameter => !parameter.Required || parameter.Default.ValueKind != System.Text.Json.JsonValueKind.Undefined))
        {
            return true;
        }

        health.Fault(DadlRules.HealthTool, "tool", $"{tool} has required parameters");
        return false;
    }

    private static List<DadlExample> Examples(DadlSection backend)
    {
        var examples = new List<DadlExample>();
        var items = backend.Items("examples");
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is not DadlNode.Mapping map)
            {
                backend.Faults.Add(DadlRules.WrongType, $"backend.examples[{index}]", items[index], "must be a map with name, description and code");
                continue;
            }

            var example = new DadlSection(map, $"backend.examples[{index}]", backend.Faults);
            example.Know("name", "description", "code");
            examples.Add(new DadlExample(example.Text("name") ?? "", example.Text("description") ?? "", example.Text("code") ?? ""));
        }

        return examples;
    }

    private static Dictionary<string, IReadOnlyList<KeyValuePair<string, string>>> Hints(DadlSection backend, DadlDocument document)
    {
        var hints = new Dictionary<string, IReadOnlyList<KeyValuePair<string, string>>>(StringComparer.Ordinal);
        if (backend.Map("hints") is not { } all)
        {
            return hints;
        }

        var names = document.Tools.Concat(document.Composites).Select(static tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in all.Node.Entries)
        {
            if (names.Contains(entry.Key))
            {
                hints[entry.Key] = all.Pairs(entry.Key);
            }
            else
            {
                all.Faults.Add(DadlRules.Hint, all.At(entry.Key), entry, DadlFaults.WithNearest($"{DadlFaults.Quoted(entry.Key)} is no tool of this file", entry.Key, names));
            }
        }

        return hints;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Coverage(DadlSection backend)
    {
        if (backend.Map("coverage") is not { } coverage)
        {
            return [];
        }

        coverage.Know("endpoints", "total_endpoints", "percentage", "focus", "missing", "last_reviewed");
        foreach (var key in (string[])["endpoints", "total_endpoints", "percentage"])
        {
            _ = coverage.Number(key);
        }

        return backend.Pairs("coverage");
    }

    private static List<KeyValuePair<string, string>> Setup(DadlSection backend)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (backend.Map("setup") is not { } setup)
        {
            return pairs;
        }

        setup.Know("credential_steps", "env_var", "backends_yaml", "required_scopes", "optional_scopes", "docs_url", "notes");
        foreach (var entry in setup.Node.Entries)
        {
            var text = entry.Value is DadlNode.Sequence ? string.Join('\n', setup.Texts(entry.Key)) : setup.Text(entry.Key);
            if (text is not null)
            {
                pairs.Add(new(entry.Key, text));
            }
        }

        return pairs;
    }
}
