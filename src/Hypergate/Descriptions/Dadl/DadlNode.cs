namespace Hypergate.Descriptions.Dadl;

/// <summary>A part of a file, with the place where it begins. Parts that aliases repeat are the same object.</summary>
internal abstract record DadlNode(int Line, int Column)
{
    /// <summary>The included file in which it stands; null for the file itself.</summary>
    public string? File { get; init; }

    /// <summary>Parts in it with itself, aliases counted each time.</summary>
    public int Size { get; init; } = 1;

    /// <summary>Levels below it.</summary>
    public int Depth { get; init; }

    /// <summary>Whether it says that there is nothing.</summary>
    public bool IsNull => this is Scalar { IsPlain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    /// <param name="Text">As written, without quotes.</param>
    /// <param name="IsPlain">Whether it stands there without quotes.</param>
    internal sealed record Scalar(int Line, int Column, string Text, bool IsPlain) : DadlNode(Line, Column)
    {
        /// <summary>Whether its text stands below it line for line, behind a bar.</summary>
        public bool IsLiteral { get; init; }

        /// <summary>All lines of the file.</summary>
        public IReadOnlyList<string> Lines { get; init; } = [];

        /// <summary>Where in the file a part of the text stands; where the text begins, if that cannot be told.</summary>
        /// <param name="index">In <see cref="Text"/>.</param>
        public (int Line, int Column) PlaceOf(int index)
        {
            var line = Text.AsSpan(0, index).Count('\n');
            var start = Text.LastIndexOf('\n', Math.Max(0, index - 1), index) + 1;
            var content = Text[start..(Text.IndexOf('\n', index) is >= 0 and var end ? end : Text.Length)];
            var raw = (IsLiteral ? Line + line : Line - 1) is var at && at < Lines.Count ? Lines[at] : "";
            if (IsLiteral)
            {
                return raw.EndsWith(content, StringComparison.Ordinal) ? (Line + 1 + line, raw.Length - content.Length + index - start + 1) : (Line, Column);
            }

            var column = Column + (IsPlain ? 0 : 1) + index;
            return line == 0 && raw.Length >= column && raw.AsSpan(column - 1).StartsWith(content.AsSpan(index)) ? (Line, column) : (Line, Column);
        }
    }

    internal sealed record Sequence(int Line, int Column, IReadOnlyList<DadlNode> Items) : DadlNode(Line, Column);

    internal sealed record Mapping(int Line, int Column, IReadOnlyList<DadlEntry> Entries) : DadlNode(Line, Column)
    {
        /// <summary>What stands at a path of keys with dots between them; null where nothing does.</summary>
        public DadlNode? Follow(string path) => path.Split('.').Aggregate((DadlNode?)this, static (node, key) => (node as Mapping)?.Find(key));

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

/// <summary>A key with its value, which stands in the same file.</summary>
/// <param name="Key">Always text, whatever it looks like.</param>
internal sealed record DadlEntry(string Key, int Line, int Column, DadlNode Value);
