namespace Hypergate.Descriptions.Dadl;

/// <summary>A part of a file, with the place where it begins. Parts that aliases repeat are the same object.</summary>
internal abstract record DadlNode(int Line, int Column)
{
    /// <summary>Parts in it with itself, aliases counted each time.</summary>
    public int Size { get; init; } = 1;

    /// <summary>Levels below it.</summary>
    public int Depth { get; init; }

    /// <summary>Whether it says that there is nothing.</summary>
    public bool IsNull => this is Scalar { IsPlain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <param name="Text">As written, without quotes.</param>
    /// <param name="IsPlain">Whether it stands there without quotes.</param>
    internal sealed record Scalar(int Line, int Column, string Text, bool IsPlain) : DadlNode(Line, Column);

    internal sealed record Sequence(int Line, int Column, IReadOnlyList<DadlNode> Items) : DadlNode(Line, Column);

    internal sealed record Mapping(int Line, int Column, IReadOnlyList<DadlEntry> Entries) : DadlNode(Line, Column)
    {
        public DadlNode? Find(string key)
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }
}

/// <summary>A key with its value.</summary>
/// <param name="Key">Always text, whatever it looks like.</param>
internal sealed record DadlEntry(string Key, int Line, int Column, DadlNode Value);
