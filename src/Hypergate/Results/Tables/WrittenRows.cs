namespace Hypergate.Results.Tables;

/// <summary>Rows as they may be shown, in the bytes of their JSON, and how long they are: what a page holds is known without writing it.</summary>
/// <param name="json">The rows with a comma between them.</param>
/// <param name="ends">Where each row ends in it.</param>
/// <param name="lengths">The characters of the rows up to each one, with a comma behind it.</param>
internal sealed class WrittenRows(ReadOnlyMemory<byte> json, List<int> ends, List<int> lengths)
{
    public int Count => ends.Count;

    /// <summary>Characters of the first rows and the commas between them.</summary>
    public int Characters(int count) => count == 0 ? 0 : lengths[count - 1] - 1;

    /// <summary>How many of the rows, from the first on, have no more characters than these.</summary>
    public int Most(int characters)
    {
        var found = lengths.BinarySearch(characters + 1);
        return found < 0 ? ~found : found + 1;
    }

    /// <summary>The JSON of the first rows.</summary>
    public ReadOnlySpan<byte> First(int count) => json.Span[..(count == 0 ? 0 : ends[count - 1])];
}
