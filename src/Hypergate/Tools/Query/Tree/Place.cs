using System.Globalization;

namespace Hypergate.Tools.Query.Tree;

/// <summary>Where in a query something stands.</summary>
/// <param name="Pointer">JSON pointer; <c>/query</c> for a query that is a text.</param>
/// <param name="Position">The character in the text, from 1; 0 where the query is JSON.</param>
internal readonly record struct Place(string Pointer, int Position = 0)
{
    public Place Of(string key) => new($"{Pointer}/{key}");

    public Place Of(int index) => new(string.Create(CultureInfo.InvariantCulture, $"{Pointer}/{index}"));
}
