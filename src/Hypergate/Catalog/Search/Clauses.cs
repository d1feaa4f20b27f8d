namespace Hypergate.Catalog.Search;

/// <summary>
/// The clauses of a text. Who tells what happened before asking (<c>the VM refuses to start, show me the error</c>) wants what is asked,
/// and none of what the story speaks of.
/// </summary>
internal static class Clauses
{
    private static readonly char[] Ends = [',', ';', '.', ':', '!', '?'];

    /// <summary>
    /// Whether the last clause wants to know something, and none before it is an order. <c>Stop vm 7, which is on node 3</c> is one:
    /// a clause about what was named asks nothing.
    /// </summary>
    /// <param name="text">What somebody asked.</param>
    /// <param name="field">The words of the field.</param>
    public static bool EndInQuestion(string text, FieldWords field)
    {
        var clauses = Of(text).ConvertAll(field.Meant);
        return clauses is [_, .., var last] && field.Asks(last) && !clauses.Take(clauses.Count - 1).Any(field.Orders);
    }

    // 8.2, 10.0.0.4 and web-1.example.org are no ends: a space follows those.
    private static List<List<string>> Of(string text)
    {
        var clauses = new List<List<string>>();
        var begin = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 == text.Length || (Ends.Contains(text[i]) && text[i + 1] == ' '))
            {
                clauses.Add(SearchText.Split(text[begin..(i + 1)]));
                begin = i + 1;
            }
        }

        return clauses.FindAll(static clause => clause.Count > 0);
    }
}
