using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Hypergate.Schemas;

/// <summary>
/// A path into JSON in the dialect of descriptions: <c>$</c>, then any of <c>.name</c>, <c>["name"]</c>, <c>[n]</c>, <c>[-n]</c> and
/// <c>[*]</c>. A name holds letters, digits, <c>_</c> and <c>-</c>.
/// </summary>
public sealed class JsonPath
{
    private readonly List<JsonPathStep> _steps;

    private JsonPath(List<JsonPathStep> steps) => _steps = steps;

    /// <summary>From the root on.</summary>
    internal IReadOnlyList<JsonPathStep> Steps => _steps;

    /// <summary>Reads a path; false where it is not in the dialect.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        if (text is not ['$', ..])
        {
            return false;
        }

        var steps = new List<JsonPathStep>();
        for (var rest = text.AsSpan(1); !rest.IsEmpty;)
        {
            if (JsonPathStep.Read(ref rest) is not { } step)
            {
                return false;
            }

            steps.Add(step);
        }

        path = new JsonPath(steps);
        return true;
    }

    /// <summary>The value; false where nothing is there. A <c>null</c> that is there is found. <c>[*]</c> gives the list of what is found below.</summary>
    public bool TryFind(JsonElement root, out JsonElement value) => TryFind(root, 0, out value);

    private bool TryFind(JsonElement at, int from, out JsonElement value)
    {
        value = at;
        for (var index = from; index < _steps.Count; index++)
        {
            var step = _steps[index];
            if (step.IsAll)
            {
                return TryAll(value, index + 1, out value);
            }

            if (!TryStep(value, step, out value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryStep(JsonElement at, JsonPathStep step, out JsonElement value)
    {
        value = default;
        if (step.Name is { } name)
        {
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out value);
        }

        if (at.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var place = step.Index < 0 ? at.GetArrayLength() + step.Index : step.Index;
        if (place < 0 || place >= at.GetArrayLength())
        {
            return false;
        }

        value = at[place];
        return true;
    }

    private bool TryAll(JsonElement list, int next, out JsonElement value)
    {
        value = default;
        if (list.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var found = new List<JsonElement>();
        foreach (var item in list.EnumerateArray())
        {
            if (TryFind(item, next, out var one))
            {
                found.Add(one);
            }
        }

        value = JsonLists.Of(found);
        return true;
    }
}

/// <summary>One step of a path: into a property, to an item, or to all of them.</summary>
/// <param name="Name">The property; null for an item.</param>
/// <param name="Index">The item; from the end where it is negative.</param>
/// <param name="IsAll">Every item.</param>
internal readonly record struct JsonPathStep(string? Name, int Index, bool IsAll)
{
    public static JsonPathStep? Read(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] == '.')
        {
            var length = 1;
            while (length < rest.Length && IsNameCharacter(rest[length]))
            {
                length++;
            }

            var name = rest[1..length].ToString();
            rest = rest[length..];
            return name.Length == 0 ? null : new(name, 0, IsAll: false);
        }

        return rest[0] == '[' ? ReadBracket(ref rest) : null;
    }

    private static JsonPathStep? ReadBracket(ref ReadOnlySpan<char> rest)
    {
        if (rest.Length > 2 && rest[1] is '"' or '\'')
        {
            var quote = rest[1];
            var end = rest[2..].IndexOf(quote);
            if (end <= 0 || rest.Length <= end + 3 || rest[end + 3] != ']')
            {
                return null;
            }

            var name = rest.Slice(2, end).ToString();
            rest = rest[(end + 4)..];
            return new(name, 0, IsAll: false);
        }

        var close = rest.IndexOf(']');
        var inside = close < 0 ? "" : rest[1..close].ToString();
        rest = close < 0 ? rest : rest[(close + 1)..];
        return inside == "*"
            ? new(null, 0, IsAll: true)
            : int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) ? new(null, index, IsAll: false) : null;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
