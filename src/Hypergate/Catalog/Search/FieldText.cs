namespace Hypergate.Catalog.Search;

/// <summary>
/// Lists of words inside the program: sections begin with their name in brackets, each further line is an entry, and lines that begin with
/// <c>#</c> are remarks. Words are written in lower case and without accents, as <see cref="SearchText"/> leaves them.
/// </summary>
internal sealed class FieldText
{
    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);

    private FieldText(TextReader text)
    {
        var lines = new List<string>();
        while (text.ReadLine() is { } line)
        {
            switch (line.Trim())
            {
                case "" or ['#', ..]:
                    break;
                case ['[', .. var name, ']']:
                    _sections[name] = lines = [];
                    break;
                case var entry:
                    lines.Add(entry);
                    break;
            }
        }
    }

    public IEnumerable<string> Sections => _sections.Keys;

    /// <param name="name">Of one of the files in the folder <c>Words</c>: <c>field-words</c>.</param>
    public static FieldText Read(string name)
    {
        using var stream = typeof(FieldText).Assembly.GetManifestResourceStream($"search.{name}.txt") ?? throw new InvalidOperationException($"The words '{name}' are not in the program.");
        using var text = new StreamReader(stream);
        return new FieldText(text);
    }

    /// <summary>The entries of a section.</summary>
    public IReadOnlyList<string> Lines(string section) => _sections[section];

    /// <summary>The entries of a section that is nothing but words.</summary>
    public HashSet<string> Words(string section) => [.. _sections[section].SelectMany(static line => line.Split(' '))];
}
