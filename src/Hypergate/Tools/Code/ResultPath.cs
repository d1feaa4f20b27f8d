using System.Globalization;
using System.Text.Json;

namespace Hypergate.Tools.Code;

/// <summary>A place in a result: <c>$</c>, <c>$.vms[3].name</c>, <c>[0]["odd name"]</c>.</summary>
internal static class ResultPath
{
    /// <summary>What is there; null where there is nothing, or the text is no path.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        var value = root;
        var rest = path.AsSpan().Trim();
        rest = rest is ['$', ..] ? rest[1..] : rest;
        while (!rest.IsEmpty)
        {
            if (Step(value, rest, out rest) is not { } next)
            {
                return null;
            }

            value = next;
        }

        return value;
    }

    private static JsonElement? Step(JsonElement value, ReadOnlySpan<char> path, out ReadOnlySpan<char> rest)
    {
        if (path[0] == '[')
        {
            return Bracket(value, path, out rest);
        }

        var name = path[0] == '.' ? path[1..] : path;
        var end = name.IndexOfAny('.', '[');
        rest = end < 0 ? [] : name[end..];
        return Member(value, end < 0 ? name : name[..end]);
    }

    private static JsonElement? Bracket(JsonElement value, ReadOnlySpan<char> path, out ReadOnlySpan<char> rest)
    {
        var isName = path is ['[', '"', ..];
        var end = isName ? path.IndexOf("\"]") : path.IndexOf(']');
        rest = [];
        if (end < (isName ? 2 : 1))
        {
            return null;
        }

        rest = path[(end + (isName ? 2 : 1))..];
        return isName ? Member(value, path[2..end])
            : int.TryParse(path[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength() ? value[index]
            : null;
    }

    private static JsonElement? Member(JsonElement value, ReadOnlySpan<char> name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}
