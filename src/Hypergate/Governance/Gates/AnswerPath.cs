using System.Text.Json.Nodes;

namespace Hypergate.Governance.Gates;

/// <summary>A place in an answer: <c>$.vm.name</c>, <c>$[*].name</c>, <c>$..name</c> for any depth.</summary>
internal sealed class AnswerPath
{
    private const string Mark = "[REDACTED]";
    private const string Anything = "*";

    private readonly List<(string Name, bool IsDeep)> _steps = [];

    public AnswerPath(string path)
    {
        for (var at = 1; at < path.Length;)
        {
            var isDeep = path.AsSpan(at).StartsWith("..");
            at += path[at] == '[' ? 1 : isDeep ? 2 : 1;
            var end = path.IndexOfAny(['.', '['], at);
            var name = path[at..(end < 0 ? path.Length : end)].TrimEnd(']');
            _steps.Add((name, isDeep));
            at = end < 0 ? path.Length : end;
        }
    }

    /// <summary>Replaces what stands there.</summary>
    /// <returns>Whether anything did.</returns>
    public bool Redact(JsonNode? root) => Redact(root, 0);

    private bool Redact(JsonNode? node, int step) => node switch
    {
        JsonObject record => Redact(record, step),
        JsonArray list => Redact(list, step),
        _ => false,
    };

    private bool Redact(JsonObject record, int step)
    {
        var (name, isDeep) = _steps[step];
        var changed = false;
        foreach (var key in record.Select(static field => field.Key).ToList())
        {
            if (name == Anything || key == name)
            {
                if (step == _steps.Count - 1)
                {
                    record[key] = Mark;
                    changed = true;
                    continue;
                }

                changed |= Redact(record[key], step + 1);
            }

            changed |= isDeep && Redact(record[key], step);
        }

        return changed;
    }

    private bool Redact(JsonArray list, int step)
    {
        var (name, isDeep) = _steps[step];
        var (changed, takesItems) = (false, name == Anything && !isDeep);
        for (var i = 0; i < list.Count; i++)
        {
            if (takesItems && step == _steps.Count - 1)
            {
                list[i] = Mark;
                changed = true;
            }
            else
            {
                changed |= takesItems ? Redact(list[i], step + 1) : isDeep && Redact(list[i], step);
            }
        }

        return changed;
    }
}
