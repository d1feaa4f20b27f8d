namespace Hypergate.Tools.Code;

/// <summary>What a caller is told where a listing lacks what was asked for.</summary>
internal sealed class CodeAbsence(CodeRoom room, CodeWish wish)
{
    private const int MostNear = 3;
    private const int LongestPattern = 200;

    private readonly OperationLookup _lookup = new(room.Surroundings);

    /// <summary>Nothing fits at all: the operations that come nearest.</summary>
    public string Nothing()
    {
        if (wish.Names.Count > 0)
        {
            return string.Join(' ', OfNames());
        }

        var known = CodeGroup.Of(room.Surroundings, room.Surroundings.Catalog.Current)
            .SelectMany(static group => group.Operations.Select(operation => $"{group.Owner}.{ScriptNames.Of(operation)}"));
        var nearest = wish.Pattern is { } pattern ? OperationLookup.Nearest(pattern.ToString(), [.. known]) : [];
        nearest = nearest.Count == 0 ? ByWords() : nearest;
        return nearest.Count == 0 ? "nothing fits; call it without arguments for an overview." : $"nothing fits; near are {string.Join(", ", nearest.Select(static name => $"'{name}'"))}.";
    }

    /// <summary>Of several names those that mean nothing, a comment for each under the listing of the others.</summary>
    public string Unfound() => string.Concat(OfNames().Select(static problem => $"\n// {problem}"));

    private IEnumerable<string> OfNames() => wish.Names.Select(name => _lookup.Find(name, wish.Backend, anyWillDo: true)).OfType<OperationFinding.Missing>().Select(static missing => missing.Problem);

    // A pattern that fits nothing often holds the right words in another order or with others between.
    private List<string> ByWords()
    {
        var words = string.Concat((wish.Pattern?.ToString() ?? wish.Query ?? "").Take(LongestPattern).Select(static character => char.IsLetterOrDigit(character) ? character : ' ')).Trim();
        return words.Length == 0 ? [] : [.. new CodeSelection(room, new(words, null, wish.Backend, []), MostNear).Find().Select(static found => $"{found.Group.Owner}.{ScriptNames.Of(found.Operation)}")];
    }
}
