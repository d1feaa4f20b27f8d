using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Governance.Gates;

/// <summary>What a gate does to the arguments of a call.</summary>
internal static class ArgumentEffects
{
    private const string Root = "args.";

    /// <summary>Whether a path names an argument.</summary>
    public static bool IsPath(string path) => path.StartsWith(Root, StringComparison.Ordinal) && !path.Split('.').Contains("", StringComparer.Ordinal);

    /// <summary>Why the arguments will not do; null where they will.</summary>
    public static string? Missing(GateBeforeSettings before, JsonObject arguments)
    {
        foreach (var (path, wanted) in before.Require)
        {
            if (LengthOf(Find(arguments, path, out var name)?[name]) < wanted.MinLength)
            {
                return wanted.Reason ?? $"{path[Root.Length..]} is needed{(wanted.MinLength > 1 ? $", {wanted.MinLength} characters or items at least" : "")}.";
            }
        }

        return null;
    }

    /// <summary>Changes the arguments. An object on the way that is not there is made for what is set.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Apply(GateBeforeSettings before, JsonObject arguments)
    {
        var changed = false;
        foreach (var path in before.Remove)
        {
            changed |= Find(arguments, path, out var name)?.Remove(name) == true;
        }

        foreach (var (path, value) in before.Default)
        {
            changed |= Find(arguments, path, out var name, make: true) is { } parent && parent[name] is null && Put(parent, name, value);
        }

        foreach (var (path, value) in before.Set)
        {
            changed |= Find(arguments, path, out var name, make: true) is { } parent && Put(parent, name, value);
        }

        foreach (var (path, range) in before.Clamp)
        {
            changed |= Find(arguments, path, out var name) is { } parent && Clamp(parent, name, range);
        }

        return changed;
    }

    private static bool Put(JsonObject parent, string name, JsonElement value)
    {
        var node = JsonNode.Parse(value.GetRawText());
        if (parent.ContainsKey(name) && JsonNode.DeepEquals(parent[name], node))
        {
            return false;
        }

        parent[name] = node;
        return true;
    }

    private static bool Clamp(JsonObject parent, string name, GateRange range)
    {
        if (parent[name] is not JsonValue value || value.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String) || !GateNumber.TryRead(value, out var number))
        {
            return false;
        }

        var bound = number > range.Max ? range.Max : number < range.Min ? range.Min : null;
        if (bound is null)
        {
            return false;
        }

        parent[name] = GateNumber.Write(bound.Value, asText: value.GetValueKind() == JsonValueKind.String);
        return true;
    }

    private static int LengthOf(JsonNode? value) => value switch
    {
        null => 0,
        JsonArray list => list.Count,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>().Trim().Length,
        _ => value.ToJsonString().Length,
    };

    // The object that holds the last name of a path.
    private static JsonObject? Find(JsonObject arguments, string path, out string name, bool make = false)
    {
        var names = path[Root.Length..].Split('.');
        name = names[^1];
        var at = arguments;
        foreach (var step in names[..^1])
        {
            if (make && at[step] is null)
            {
                at[step] = new JsonObject();
            }

            if (at[step] is not JsonObject next)
            {
                return null;
            }

            at = next;
        }

        return at;
    }
}
